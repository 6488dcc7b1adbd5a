import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cdrRecord, defaultDerivation, noon } from '../../../tests/support/cdr-builders';
import type { Gap } from '../../cdr/gap';
import { markOf } from './acknowledged-mark';
import { logOf } from './damaged-log';
import { openDuckDbStore } from './open-duckdb-store';

const batches = 40;

let folder: string;
let killed: string;
let file: string;
/** When each record was acknowledged, by its UniqueID; the PBXes take turns. */
const acknowledged = new Map<string, { server: string; at: number }>();
let opened: number;

jest.setTimeout(120_000);

/** A store as a process that was killed leaves it: what came after the first two batches stands in its log only. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lost-'));
  killed = path.join(folder, 'killed.duckdb');
  file = path.join(folder, 'test.duckdb');
  const live = path.join(folder, 'live.duckdb');
  opened = Date.now();
  await (await openDuckDbStore(live, defaultDerivation)).close();
  let store = await openDuckDbStore(live, defaultDerivation);
  for (let n = 0; n < batches; n++) {
    const server = n % 2 === 0 ? 'pbx-east' : 'pbx-west';
    const uniqueId = `${noon / 1000}.${n}`;
    await store.add({
      records: [cdrRecord({ server, uniqueId, linkedId: uniqueId, channel: `PJSIP/trunk-${n}` })],
      events: [],
    });
    acknowledged.set(uniqueId, { server, at: Date.now() });
    if (n === 1) {
      await store.close();
      copyAll(live, path.join(folder, 'older.duckdb'));
      store = await openDuckDbStore(live, defaultDerivation);
    }
  }
  copyAll(live, killed);
  await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => copyAll(killed, file));

function copyAll(from: string, to: string): void {
  for (const part of [(name: string) => name, logOf, markOf]) {
    rmSync(part(to), { force: true });
    if (existsSync(part(from))) {
      copyFileSync(part(from), part(to));
    }
  }
}

interface Seen {
  records: number;
  gaps: Gap[];
  notices: string[];
}

async function look(): Promise<Seen> {
  const notices: string[] = [];
  const store = await openDuckDbStore(file, defaultDerivation, { onNotice: (notice) => notices.push(notice) });
  const records = (await store.recordsOfLastCalls(1_000)).map(({ uniqueId }) => uniqueId);
  const gaps = await store.gaps(0, Date.now());
  await store.close();
  const lost = [...acknowledged].filter(([uniqueId]) => !records.includes(uniqueId));
  for (const [, { server, at }] of lost) {
    const gap = gaps.find((one) => one.server === server && one.reason === 'lost');
    expect(gap).toBeDefined();
    expect(gap!.startTime).toBeLessThanOrEqual(at);
    expect(gap!.startTime).toBeGreaterThanOrEqual(opened);
    expect(gap!.endTime).toBeGreaterThanOrEqual(Math.min(at, gap!.endTime!));
  }
  const servers = new Set(lost.map(([, { server }]) => server));
  expect(new Set(gaps.map(({ server }) => server))).toEqual(servers);
  return { records: records.length, gaps, notices };
}

/** Damages the store, and finds what is gone told as a gap, once. */
async function damaged(): Promise<Seen> {
  const first = await look();
  expect(first.notices).toHaveLength(first.records < batches ? 1 : 0);
  const again = await look();
  expect([again.records, again.gaps, again.notices]).toEqual([first.records, first.gaps, []]);
  return first;
}

const keptLogs = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.includes('.damaged-'));
afterEach(async () => {
  await Promise.all((await keptLogs()).map((name) => rm(path.join(folder, name))));
});

it('a log that is whole loses nothing, and nothing is said', async () => {
  expect(await damaged()).toEqual({ records: batches, gaps: [], notices: [] });
  expect(await keptLogs()).toEqual([]);
});

it('a log that is cut short, wherever, loses what was in it from there, and a gap says so', async () => {
  const log = readFileSync(logOf(killed));
  const counts: number[] = [];
  for (const share of [0, 0.0005, 0.01, 0.25, 0.5, 0.75, 0.9, 0.999]) {
    copyAll(killed, file);
    writeFileSync(logOf(file), log.subarray(0, Math.floor(log.length * share)));
    counts.push((await damaged()).records);
  }
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts[0]).toBe(2);
  expect(counts.at(-1)).toBeGreaterThan(batches - 3);
});

it('a log with a flipped bit, wherever, loses what was in it from there, is kept aside, and a gap says so', async () => {
  const log = readFileSync(logOf(killed));
  const places = [0, 4, 10, 20, 30, 60, ...[0.1, 0.5, 0.9].map((share) => Math.floor(log.length * share))];
  for (const place of places) {
    copyAll(killed, file);
    const flipped = Buffer.from(log);
    flipped[place]! ^= 4;
    writeFileSync(logOf(file), flipped);
    const { records, notices } = await damaged();
    expect(records).toBeLessThan(batches);
    const [kept, ...others] = await keptLogs();
    expect(others).toEqual([]);
    expect(readFileSync(path.join(folder, kept!))).toEqual(flipped);
    expect(notices[0]).toContain(kept);
    await rm(path.join(folder, kept!));
  }
});

it('a log that is removed loses all that was in it, and a gap says so', async () => {
  rmSync(logOf(file));
  expect((await damaged()).records).toBe(2);
});

it('an older copy that is put in its place lacks what came since, and a gap says so', async () => {
  copyFileSync(path.join(folder, 'older.duckdb'), file);
  rmSync(logOf(file));
  expect((await damaged()).records).toBe(2);
});

it('a store that is begun again in its place lacks all, and a gap says so', async () => {
  rmSync(file);
  rmSync(logOf(file));
  const { records, gaps } = await damaged();
  expect(records).toBe(0);
  expect(gaps).toHaveLength(2);
});

it('a store whose mark is gone says nothing, and keeps one from then on', async () => {
  rmSync(markOf(file));
  expect(await damaged()).toEqual({ records: batches, gaps: [], notices: [] });
  expect(existsSync(markOf(file))).toBe(true);
});

it('what is lost begins where a PBX was last heard with all stored, and the next gap begins where that ends', async () => {
  let store = await openDuckDbStore(file, defaultDerivation);
  await store.rememberHeard(new Map([['pbx-east', 5_000]]));
  await store.close();
  copyAll(file, killed + '-2');
  store = await openDuckDbStore(file, defaultDerivation);
  await store.addGap({ server: 'pbx-east', startTime: 5_000, endTime: Date.now(), reason: 'disconnected' });
  await store.close();
  copyFileSync(killed + '-2', file);
  store = await openDuckDbStore(file, defaultDerivation);
  const [gap] = await store.gaps(0, Date.now());
  expect(gap).toMatchObject({ server: 'pbx-east', startTime: 5_000, reason: 'lost' });
  expect(await store.lastHeard()).toEqual(new Map([['pbx-east', gap!.endTime]]));
  await store.close();
});
