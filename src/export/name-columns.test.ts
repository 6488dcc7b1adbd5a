import { cdrRecord } from '../../tests/support/cdr-builders';
import { maskText } from '../answers/mask-numbers';
import { Directory, noDirectory } from '../cdr/directory';
import { exportColumns } from './export-columns';
import type { SeenText } from './seen-text';

const directory = new Directory([
  { kind: 'agent', id: '1001', name: 'Alice Miller', teams: ['Front', 'Back'] },
  { kind: 'agent', id: '4930555123', name: 'Bob Secret', teams: ['Front'] },
  { kind: 'number', id: '5551234', name: 'Main line', teams: [] },
  { kind: 'trunk', id: 'PJSIP/acme', name: 'Acme Telecom', teams: [] },
]);
const full: SeenText = (_, text) => text;
const masked: SeenText = (origin, text) => maskText(origin, text, 4);

function cells(agent: string, seen: SeenText, chosen: string[] = []): Record<string, unknown> {
  const row = cdrRecord({ agent, source: '1001', destination: '5551234', queue: 'support', trunk: 'PJSIP/acme' });
  const columns = exportColumns('records', chosen, [], seen, directory);
  return Object.fromEntries(columns.map(({ title, value }) => [title, value(row)]));
}

test('a file has names and teams in columns of their own at its end, beside the ids', () => {
  expect(cells('1001', full)).toMatchObject({ Agent: '1001', Source: '1001', 'Source name': 'Alice Miller' });
  expect(Object.entries(cells('1001', full)).slice(-8)).toEqual([
    ['Source name', 'Alice Miller'],
    ['Destination name', 'Main line'],
    ['Queue name', ''],
    ['Agent name', 'Alice Miller'],
    ['Calling agent name', ''],
    ['DID name', 'Main line'],
    ['Trunk name', 'Acme Telecom'],
    ['Agent teams', 'Front; Back'],
  ]);
});

test('a name alone can be chosen', () => {
  expect(cells('1001', full, ['agentName'])).toEqual({ 'Agent name': 'Alice Miller' });
});

test('whose number is masked has no name in a file', () => {
  expect(JSON.stringify(cells('4930555123', masked))).not.toMatch(/Secret|Main line|4930/);
  expect(cells('4930555123', full)).toMatchObject({ 'Agent name': 'Bob Secret' });
});

test('where nothing has a name there are no such columns', () => {
  expect(exportColumns('calls', [], [], full, noDirectory).map(({ name }) => name)).not.toContain('agentName');
});
