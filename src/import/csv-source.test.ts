import { appendFile, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { defaultDerivation, noon } from '../../tests/support/cdr-builders';
import { PbxClock } from '../cdr/pbx-clock';
import type { CdrRecord } from '../cdr/record';
import { importEntries, type SavedImport } from '../settings/import-settings';
import type { RowProblems } from '../setup/import-progress';
import { itWhere } from '../../tests/support/describe-where';
import { posix } from '../../tools/test/needs';
import { csvColumns } from './csv-columns';
import { openHistory } from './open-history';

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'csv-'));
  folder = path.join(root, 'cdr-csv');
  await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const line = (n: number, ...more: string[]): string =>
  [
    ...['', '5551234', '100', 'from-trunk', '"""Caller, A"" <5551234>"', `PJSIP/trunk-${n}`, `PJSIP/1001-${n}`, 'Dial'],
    ...['"PJSIP/1001,20"', '"2026-11-24 13:00:00"', '"2026-11-24 13:00:02"', '"2026-11-24 13:00:10"', '10', '8'],
    ...['"ANSWERED"', '"DOCUMENTATION"', ...more],
  ].join(',') + '\n';
const id = (n: number) => `"${noon / 1000}.${n}"`;

async function read(
  position = '',
  changes: SavedImport = {},
  pbxZone = 'UTC',
  csvFolder: string | undefined = folder,
  isWhole = true
) {
  const settings = v.parse(importEntries, { server: 'pbx', type: 'csv', path: 'Master.csv', ...changes });
  const source = await openHistory({
    settings,
    password: '',
    ca: '',
    csvFolder,
    clock: new PbxClock(pbxZone),
    rules: defaultDerivation.rules,
  });
  const records: CdrRecord[] = [];
  let problems: RowProblems = {};
  let last = position;
  let bytes = 0;
  const size = await source.size(position, 0);
  try {
    for await (const chunk of source.history(position, 0)) {
      records.push(...chunk.records);
      problems = { ...problems, ...chunk.problems };
      last = chunk.position;
      bytes += chunk.read;
    }
  } finally {
    await source.close();
  }
  expect(bytes === size).toBe(isWhole);
  return { records, problems, position: last };
}

const master = () => path.join(folder, 'Master.csv');

describe('Master.csv', () => {
  it('gives records with commas and quotes in their fields', async () => {
    await writeFile(master(), line(1, id(1), '"user field"'));
    expect((await read()).records).toMatchObject([
      {
        server: 'pbx',
        callerId: '"Caller, A" <5551234>',
        lastData: 'PJSIP/1001,20',
        startTime: noon,
        answerTime: noon + 2000,
        endTime: noon + 10_000,
        uniqueId: `${noon / 1000}.1`,
        userField: 'user field',
        disposition: 'ANSWERED',
        imported: true,
      },
    ]);
  });

  it('is read on from where it ended, whole lines only', async () => {
    await writeFile(master(), line(1, id(1)) + line(2, id(2)).slice(0, 40));
    const first = await read();
    expect(first.records).toHaveLength(1);
    await appendFile(master(), line(2, id(2)).slice(40) + line(3, id(3)));
    const second = await read(first.position);
    expect(second.records.map(({ channel }) => channel)).toEqual(['PJSIP/trunk-2', 'PJSIP/trunk-3']);
    expect((await read(second.position)).records).toEqual([]);
  });

  it('that was rotated is read from its beginning', async () => {
    await writeFile(master(), line(1, id(1)));
    const { position } = await read();
    await rename(master(), `${master()}.1`);
    await writeFile(master(), line(2, id(2)) + line(3, id(3)));
    expect((await read(position)).records).toHaveLength(2);
  });

  it('without UniqueIDs tells calls by channel and day, and needs the zone', async () => {
    await writeFile(master(), line(1) + line(1) + line(2));
    const { records } = await read();
    expect(new Set(records.map(({ linkedId }) => linkedId)).size).toBe(2);
    expect(records.every(({ linkedIdMapped }) => !linkedIdMapped)).toBe(true);
    await expect(read('', {}, '')).rejects.toThrow('Set the time zone of the PBX');
  });

  it('in GMT, as cdr.conf has it by default, is told by the clock of the PBX', async () => {
    await writeFile(master(), line(1, id(1)));
    const { records } = await read('', { timeZone: 'UTC' }, 'Europe/Paris');
    expect(records).toMatchObject([{ startTime: noon, endTime: noon + 10_000, utcOffset: 3600 }]);
    await expect(read('', { timeZone: 'UTC' }, '')).rejects.toThrow('Set the time zone of the PBX too');
  });

  it('that is another file is told so; a stray line is passed over', async () => {
    await writeFile(master(), 'a,b,c\n' + line(1, id(1)));
    expect((await read()).records).toHaveLength(1);
    await writeFile(master(), 'a,b,c\n'.repeat(200));
    await expect(read()).rejects.toThrow('a line has 3 columns. Expected the columns');
  });

  it.each([
    [[], {}],
    [['1795525200.1'], { UniqueID: '1795525200.1' }],
    [['pbx-1795525200.1'], { UniqueID: 'pbx-1795525200.1' }],
    [['note'], { UserField: 'note' }],
    [['1795525200.1', 'note'], { UniqueID: '1795525200.1', UserField: 'note' }],
    [['peer', '1.2', '7'], { peeraccount: 'peer', linkedid: '1.2', sequence: '7' }],
    [['1795525200.1', 'peer', '1.2', '7'], { UniqueID: '1795525200.1', linkedid: '1.2', sequence: '7' }],
    [['1795525200.1', 'note', 'p', '1.2', '7'], { UniqueID: '1795525200.1', UserField: 'note', sequence: '7' }],
  ])('has the columns that cdr.conf asks for: %j', (more, expected) => {
    const start = [
      '',
      '555',
      '100',
      'in',
      '"x" <555>',
      'PJSIP/a',
      'PJSIP/b',
      'Dial',
      'b',
      '2026-11-24 13:00:00',
      '',
      '',
    ];
    const values = [...start, '10', '8', 'NO ANSWER', 'OMIT', ...more];
    expect(csvColumns(values, {}).columns(values)).toMatchObject({ AMAFlags: 'OMIT', ...expected });
  });
});

describe('a line that can’t be read', () => {
  it.each([
    ['that ends amid a field', line(2, id(2)).slice(0, 60) + '\n'],
    ['that ends amid a field in quotes', '"","5551234","1\n'],
    ['that opens a quote at its end', line(2, id(2)).replace('\n', ',"\n')],
    ['of one quote', '"\n'],
    ['of other columns', 'a,b,c\n'],
    ['of text', 'Nov 25 logrotate: done\n'],
    ['of bytes', '\0\u0001\u0002\n'],
    ['longer than any', `${'x'.repeat(300_000)}\n`],
    ['in quotes and longer than any', `"${'x,"y'.repeat(100_000)}\n`],
  ])('%s takes no other with it, and is counted', async (_, bad) => {
    await writeFile(master(), line(1, id(1)) + bad + line(3, id(3)) + line(4, id(4)));
    const { records, problems } = await read();
    expect(records.map(({ channel }) => channel)).toEqual(['PJSIP/trunk-1', 'PJSIP/trunk-3', 'PJSIP/trunk-4']);
    expect(problems.notCdr).toBeGreaterThan(0);
  });

  it('at the end of the file waits for the rest of it', async () => {
    const open = line(2, id(2)).replace('"ANSWERED"', '"ANSW\nERED"');
    await writeFile(master(), line(1, id(1)) + open.slice(0, open.indexOf('ERED')));
    const first = await read('', {}, 'UTC', folder, false);
    expect(first.records).toHaveLength(1);
    await writeFile(master(), line(1, id(1)) + line(2, id(2)));
    expect((await read(first.position)).records.map(({ channel }) => channel)).toEqual(['PJSIP/trunk-2']);
  });

  it('with a time that can’t be, or a bad number, is counted as such', async () => {
    const late = line(2, id(2)).replace('2026-11-24 13:00:00', '2026-02-31 13:00:00');
    const long = line(3, id(3)).replace(',10,8,', ',1e999,abc,');
    await writeFile(master(), line(1, id(1)) + late + long + line(4, id(4)));
    const { records, problems } = await read();
    expect(records).toHaveLength(3);
    expect(problems).toEqual({ noStart: 1, badNumber: 1 });
    // Its times tell how long it was.
    expect(records[1]).toMatchObject({ duration: 10, billableSeconds: 8 });
  });
});

describe('the columns of a file', () => {
  const custom = (n: number): string =>
    `"""A"" <555>","555","100","in","PJSIP/trunk-${n}","PJSIP/1001","Dial","x","2026-11-24 13:00:00","2026-11-24 13:00:02",` +
    `"2026-11-24 13:00:10","10","8","ANSWERED","DOCUMENTATION","",${id(n)},"note",${n}\n`;

  it('are those of cdr_custom where they stand in it, line by line', async () => {
    await writeFile(master(), custom(1) + line(2, id(2)) + custom(3));
    expect((await read()).records).toMatchObject([
      { channel: 'PJSIP/trunk-1', callerId: '"A" <555>', duration: 10, userField: 'note', sequence: 1 },
      { channel: 'PJSIP/trunk-2', duration: 10 },
      { channel: 'PJSIP/trunk-3', duration: 10, sequence: 3 },
    ]);
  });

  const short = (n: number): string =>
    `${noon / 1000}.${n},2026-11-24 13:00:00,10,8,555,100,a-${n},b,Dial,ANSWERED,vip\n`;

  it('are named by a first line', async () => {
    const names = '\uFEFFuniqueid,start,duration,billsec,src,dst,channel,dstchannel,lastapp,disposition,Customer\n';
    await writeFile(master(), names + short(1) + short(2));
    const { records } = await read();
    expect(records).toMatchObject([
      { channel: 'a-1', source: '555', custom: { Customer: 'vip' } },
      { channel: 'a-2', source: '555' },
    ]);
  });

  it('are chosen by their numbers', async () => {
    await writeFile(master(), short(1));
    const names = 'uniqueid,start,duration,billsec,src,dst,channel,dstchannel,lastapp,disposition,Customer'.split(',');
    const columns = Object.fromEntries(names.map((name, place) => [name, String(place + 1)]));
    expect((await read('', { columns })).records).toMatchObject([
      { channel: 'a-1', source: '555', disposition: 'ANSWERED', custom: { Customer: 'vip' } },
    ]);
  });

  it('that nothing tells are refused, with the reason', async () => {
    await writeFile(master(), short(1));
    await expect(read()).rejects.toThrow('a line has 11 columns. Expected the columns');
  });
});

describe('of the files of the machine', () => {
  const outside = 'is outside the allowed folder';

  beforeEach(() => writeFile(path.join(root, 'secret'), line(1, id(1))));

  it.each(['../secret', 'x/../../secret', '/etc/passwd', '../cdr-csv-other/x', '..', '../no-such-file'])(
    '%s is not read',
    async (file) => {
      await expect(read('', { path: file })).rejects.toThrow(outside);
    }
  );

  itWhere(posix)('none is read through a link, to a file or to a folder', async () => {
    await symlink(path.join(root, 'secret'), path.join(folder, 'link.csv'));
    await symlink(root, path.join(folder, 'up'));
    await expect(read('', { path: 'link.csv' })).rejects.toThrow(outside);
    await expect(read('', { path: 'up/secret' })).rejects.toThrow(outside);
  });

  it('none is read unless the administrator allowed a folder', async () => {
    await writeFile(master(), line(1, id(1)));
    const setup = { path: master() };
    await expect(read('', setup, 'UTC', '')).rejects.toThrow('Set csv_folder in [plugin.amiws-cdr-datasource]');
    expect((await read('', setup)).records).toHaveLength(1);
  });

  it.each([
    ['.', outside],
    ['folder', 'is not a file'],
    ['missing.csv', "doesn't exist"],
    ['', 'Enter the path'],
    ['a\0b', 'Enter the path'],
  ])('%j is no file to read', async (file, message) => {
    await mkdir(path.join(folder, 'folder'));
    await expect(read('', { path: file })).rejects.toThrow(message);
  });
});
