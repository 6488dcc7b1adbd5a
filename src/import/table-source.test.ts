import { IANAZone } from 'luxon';
import { defaultRules } from '../../tests/support/cdr-builders';
import { csvTable } from '../../tools/cases/csv-table';
import { PbxClock } from '../cdr/pbx-clock';
import type { Chunk } from './history-source';
import { RecordReader } from './record-reader';
import { TableClock } from './table-clock';
import { cdrColumns } from './table-layout';
import { TableSource } from './table-source';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const columns = 'calldate,src,dst,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid';

/** Rows of calls that began at given instants, by the clock of a zone. */
function rowsOf(starts: readonly number[], zone = 'UTC'): string[] {
  const offsets = new IANAZone(zone);
  return starts.map((start, n) => {
    const wall = new Date(start + offsets.offset(start) * minute).toISOString().slice(0, 19).replace('T', ' ');
    return `${wall},1,2,PJSIP/t-${n},PJSIP/1001-1,Dial,30,20,ANSWERED,${start / 1000}.${n}`;
  });
}

async function open(rows: readonly string[], zone = 'UTC'): Promise<TableSource> {
  const clock = new PbxClock(zone);
  const tableClock = new TableClock(clock, null);
  const table = csvTable([columns, ...rows].join('\n'));
  return TableSource.open(table, {}, new RecordReader('pbx', clock, tableClock, defaultRules), tableClock, {
    plan: cdrColumns,
    onlyGrows: false,
  });
}

async function all(chunks: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const read: Chunk[] = [];
  for await (const chunk of chunks) {
    read.push(chunk);
  }
  return read;
}

const now = Date.parse('2026-04-10T12:00:00Z');
beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(now));
afterEach(() => jest.restoreAllMocks());

it('rows of one time, however many, are read a page at a time, each once', async () => {
  const starts = [...Array<number>(12_345).fill(now - hour), ...Array<number>(10).fill(now - minute)];
  const source = await open(rowsOf(starts));
  const chunks = await all(source.history('', 0));
  expect(Math.max(...chunks.map(({ read }) => read))).toBeLessThanOrEqual(5_000);
  const ids = chunks.flatMap(({ records }) => records.map(({ uniqueId }) => uniqueId));
  expect(new Set(ids).size).toBe(starts.length);
  expect(ids).toHaveLength(starts.length);
});

it('a table all of whose rows have one time is read to its end', async () => {
  const source = await open(rowsOf(Array<number>(10_000).fill(now - hour)));
  const read = (await all(source.history('', 0))).reduce((sum, chunk) => sum + chunk.read, 0);
  expect(read).toBe(10_000);
});

it.each(['', 'Europe/Paris'])(
  'a stretch after the clock was put forward is read whole where the zone is "%s"',
  async (zone) => {
    const starts = Array.from({ length: 40 * 48 }, (_, n) => now - n * 30 * minute);
    const source = await open(rowsOf(starts, 'Europe/Paris'), zone);
    const [from, to] = [now - 3 * hour, now - hour];
    const read = await all(source.stretches!.between(from, to));
    const found = new Set(read.flatMap(({ records }) => records.map(({ startTime }) => startTime)));
    expect(starts.filter((start) => start >= from && start < to && !found.has(start))).toEqual([]);
  }
);

it('a stretch before the clock was put forward is read whole too', async () => {
  const starts = Array.from({ length: 40 * 48 }, (_, n) => now - n * 30 * minute);
  const source = await open(rowsOf(starts, 'America/New_York'), '');
  const [from, to] = [now - 35 * day, now - 35 * day + 2 * hour];
  const read = await all(source.stretches!.between(from, to));
  const found = new Set(read.flatMap(({ records }) => records.map(({ startTime }) => startTime)));
  expect(starts.filter((start) => start >= from && start < to && !found.has(start))).toEqual([]);
});

it.each([
  ['a time that can’t be', '2026-02-31 10:00:00,1,2,PJSIP/t,PJSIP/1,Dial,30,20,ANSWERED,1.2', { noStart: 1 }, 1],
  [
    'a duration that is no number',
    '2026-04-01 10:00:00,1,2,PJSIP/t,PJSIP/1,Dial,abc,20,ANSWERED,1775037600.9',
    { badNumber: 1 },
    2,
  ],
  [
    'a duration beyond all numbers',
    '2026-04-01 10:00:00,1,2,PJSIP/t,PJSIP/1,Dial,1e999,20,ANSWERED,1775037600.9',
    { badNumber: 1 },
    2,
  ],
  [
    'a negative duration',
    '2026-04-01 10:00:00,1,2,PJSIP/t,PJSIP/1,Dial,30,-20,ANSWERED,1775037600.9',
    { badNumber: 1 },
    2,
  ],
  [
    'a talk longer than its call',
    '2026-04-01 10:00:00,1,2,PJSIP/t,PJSIP/1,Dial,30,1775037600,ANSWERED,1775037600.9',
    { badNumber: 1 },
    2,
  ],
])('%s is counted and stops nothing', async (_, bad, problems, count) => {
  const source = await open([bad, ...rowsOf([now - hour])]);
  const chunks = await all(source.history('', 0));
  expect(chunks.map((chunk) => chunk.problems)).toEqual([problems]);
  const records = chunks.flatMap((chunk) => chunk.records);
  expect(records).toHaveLength(count);
  expect(
    records.every(({ duration, billableSeconds }) => [0, 30].includes(duration) && [0, 20].includes(billableSeconds))
  ).toBe(true);
});

it('a row without an id among others is read by the clock that they tell', async () => {
  const row = '2026-04-01 10:00:00,1,2,PJSIP/t-9,PJSIP/1,Dial,30,20,ANSWERED,';
  const source = await open([row, ...rowsOf([now - hour, now - minute])], '');
  const records = (await all(source.history('', 0))).flatMap((chunk) => chunk.records);
  expect(records).toHaveLength(3);
});

it('where no id tells the time zone and none is set, nothing is read and the reason is given', async () => {
  const row = '2026-04-01 10:00:00,1,2,PJSIP/t-9,PJSIP/1,Dial,30,20,ANSWERED,d3adb33f-uuid';
  await expect(open([row], '')).rejects.toThrow('Set the time zone of the PBX');
});

it('a record that begins in days to come is left out and counted', async () => {
  const source = await open(rowsOf([now + 40 * hour, now - hour]));
  jest.spyOn(Date, 'now').mockReturnValue(now - 30 * hour);
  const [chunk] = await all(source.stretches!.between(now - day, now + 3 * day));
  expect(chunk).toMatchObject({ problems: { noStart: 1 }, records: [{ startTime: now - hour }] });
});

it('a clock without a zone is learned from the last rows, not from the first ones', async () => {
  const starts = Array.from({ length: 40 * 48 }, (_, n) => now - n * 30 * minute).reverse();
  const moved = now - 20 * day;
  const rows = [
    ...rowsOf(starts.filter((start) => start < moved)),
    ...rowsOf(
      starts.filter((start) => start >= moved),
      'Asia/Shanghai'
    ),
  ];
  const source = await open(rows, '');
  const [from, to] = [now - 3 * hour, now - hour];
  const read = await all(source.stretches!.between(from, to));
  const found = new Set(read.flatMap(({ records }) => records.map(({ startTime }) => startTime)));
  expect(starts.filter((start) => start >= from && start < to && !found.has(start))).toEqual([]);
});
