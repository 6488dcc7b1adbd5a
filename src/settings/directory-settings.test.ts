import { longestName } from '../cdr/directory';
import { mostEntries, readDirectory } from './directory-settings';
import { parseSettings } from './settings';

test('an entry is an agent unless it says what else, with a name, teams or both', () => {
  const { entries, problems } = readDirectory([
    { id: '1001', name: 'Alice Miller', teams: ['Front', 'Back'] },
    { kind: 'queue', id: '200', name: 'Support', teams: ['a queue has none'] },
    { id: 1002, teams: ['Back', 'Back', ''] },
  ]);
  expect(entries).toEqual([
    { kind: 'agent', id: '1001', name: 'Alice Miller', teams: ['Front', 'Back'] },
    { kind: 'queue', id: '200', name: 'Support', teams: [] },
    { kind: 'agent', id: '1002', name: '', teams: ['Back'] },
  ]);
  expect(problems).toEqual([]);
});

test('of entries with one id the first name and all teams count, and how many there were is said', () => {
  const { entries, problems } = readDirectory([
    { id: '1001', name: '', teams: ['Front'] },
    { id: '1001', name: 'Alice', teams: ['Back'] },
    { id: '1001', name: 'Alicia' },
    { kind: 'queue', id: '1001', name: 'Another thing' },
  ]);
  expect(entries).toEqual([
    { kind: 'agent', id: '1001', name: 'Alice', teams: ['Front', 'Back'] },
    { kind: 'queue', id: '1001', name: 'Another thing', teams: [] },
  ]);
  expect(problems).toEqual([{ problem: 'doubled', count: 2, example: '1001' }]);
});

test('what is no entry is counted, and costs no other', () => {
  const { entries, problems } = readDirectory([
    null,
    7,
    [],
    { name: 'nobody' },
    { kind: 'ghost', id: '1' },
    { id: '1001' },
  ]);
  expect(entries).toEqual([{ kind: 'agent', id: '1001', name: '', teams: [] }]);
  expect(problems).toEqual([
    { problem: 'no-entry', count: 3, example: 'null' },
    { problem: 'no-id', count: 1, example: 'nobody' },
    { problem: 'unknown-kind', count: 1, example: 'ghost' },
  ]);
});

test('a name is one line of Unicode, whatever stood in it', () => {
  const { entries, problems } = readDirectory([
    { id: '1', name: ' Zoë\u0000\tMüller\r\n' },
    { id: '2', name: 'half \ud83d' },
    { id: '3', name: '\u202Eevil' },
    { id: '4', name: `${'x'.repeat(longestName - 1)}😀` },
  ]);
  expect(entries.map(({ name }) => name)).toEqual(['Zoë Müller', 'half \uFFFD', 'evil', 'x'.repeat(longestName - 1)]);
  expect(problems).toEqual([{ problem: 'cut', count: 1, example: 'x'.repeat(longestName - 1) }]);
});

test('more entries than a directory may hold are counted, and the data source goes on with the others', () => {
  const many = Array.from({ length: mostEntries + 3 }, (_, n) => ({ id: `a${n}`, name: 'x'.repeat(500) }));
  expect(readDirectory(many).problems).toContainEqual({ problem: 'too-many', count: 3, example: `a${mostEntries}` });
  expect(parseSettings({ directory: many }).directory).toHaveLength(mostEntries);
});

test.each([['a text'], [7], [null], [{ id: '1001' }]])('settings whose directory is %j have none', (directory) => {
  expect(parseSettings({ directory, retentionDays: 30 })).toMatchObject({ directory: [], retentionDays: 30 });
});
