import fc from 'fast-check';
import { readDirectoryCsv } from './directory-csv';
import { mostEntries } from './directory-settings';

const agent = (id: string, name: string, ...teams: string[]) => ({ kind: 'agent', id, name, teams });

test.each([
  'id,name,teams\n1001,Alice Miller,Front|Back\n1002,"Bob, ""the"" Boss",\n',
  '\uFEFFTeam;NAME;Extension\r\nFront|Back;Alice Miller;1001\r\n;"Bob, ""the"" Boss";1002\r\n\r\n',
  'Name\tid\tteams\rAlice Miller\t1001\tFront, Back\rBob, "the" Boss\t1002',
])('a file is read by its titles, whatever their order and what it is cut at', (text) => {
  expect(readDirectoryCsv(text)).toEqual({
    entries: [agent('1001', 'Alice Miller', 'Front', 'Back'), agent('1002', 'Bob, "the" Boss')],
    problems: [],
  });
});

test('queues and DIDs have a kind', () => {
  expect(
    readDirectoryCsv('type,number,label\nqueue,200,Support\nDID,4930555,Main line\nExtension,1001,Ann')
  ).toMatchObject({
    entries: [
      { kind: 'queue', id: '200' },
      { kind: 'number', id: '4930555' },
      { kind: 'agent', id: '1001' },
    ],
  });
});

test.each([
  ['first,second\n1,2', 'columns', 'first, second'],
  ['', 'columns', ''],
  ['x'.repeat(2_000_001), 'too-large', '2000001'],
])('a file without the column of ids, or too large, is refused with what was found', (text, refused, found) => {
  expect(readDirectoryCsv(text)).toEqual({ refused, found });
});

test('lines that are wrong are counted, and cost no other', () => {
  expect(readDirectoryCsv('id,name\n1001,Ann,odd\n,Nobody\n1001,Anna\n1002\n1003,"Carol')).toEqual({
    entries: [agent('1001', 'Ann'), agent('1002', ''), agent('1003', 'Carol')],
    problems: [
      { problem: 'no-id', count: 1, example: 'Nobody' },
      { problem: 'doubled', count: 1, example: '1001' },
      { problem: 'more-cells', count: 1, example: '1001, Ann, odd' },
    ],
  });
});

test('whatever a file holds, it is read or refused, within bounds and as Unicode', () => {
  const line = fc.string({ unit: fc.constantFrom(',', ';', '"', '\n', '\r', '\t', 'a', '1', '\ud83d', '\u0000', '|') });
  fc.assert(
    fc.property(line, (text) => {
      const read = readDirectoryCsv(`id,name,teams\n${text}`);
      const entries = 'entries' in read ? read.entries : [];
      expect(entries.length).toBeLessThanOrEqual(mostEntries);
      expect(
        entries.every(({ id, name, teams }) => id !== '' && [id, name, ...teams].every((one) => one.isWellFormed()))
      ).toBe(true);
    })
  );
});
