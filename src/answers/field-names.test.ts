import { Directory } from '../cdr/directory';
import { labelIn } from './field-names';

const directory = new Directory(
  [
    { kind: 'agent', id: '1001', name: 'Alice Miller', teams: ['Front', 'Back'] },
    { kind: 'agent', id: '1002', name: '', teams: ['Back'] },
    { kind: 'queue', id: '200', name: 'Support', teams: [] },
  ],
  {
    size: 1,
    of: (kind, id) => (kind === 'agent' && id.startsWith('100') ? ['From the wire', 'Of another PBX'] : []),
  }
);

test('an id is shown with its name, which that of the directory is before one from the wire', () => {
  expect(labelIn(directory, 'agent', '1001')).toBe('Alice Miller (1001)');
  expect(labelIn(directory, 'agent', '1002')).toBe('From the wire / Of another PBX (1002)');
  expect(labelIn(directory, 'queue', '200')).toBe('Support (200)');
});

test('a number that has no name of its own is that of an agent', () => {
  expect(labelIn(directory, 'source', '1001')).toBe('Alice Miller (1001)');
  expect(labelIn(directory, 'disposition', '1001')).toBe('1001');
});

test.each([
  ['agent', '2001'],
  ['agent', ''],
  ['queue', 'constructor'],
] as const)('the %s %j, which has no name, is shown as it is', (kind, id) => {
  expect(labelIn(directory, kind, id)).toBe(id);
});

test('teams have their agents, each in several', () => {
  expect([...directory.teams]).toEqual([
    ['1001', ['Front', 'Back']],
    ['1002', ['Back']],
  ]);
  expect(directory.teamNames).toEqual(['Back', 'Front']);
});
