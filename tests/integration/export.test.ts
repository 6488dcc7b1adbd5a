import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { exportParameters, selectionParameters, type ExportLayout } from '../../src/export/export-request';
import type { ExportProgress } from '../../src/export/export-progress';
import type { SavedQuery } from '../../src/query/model';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { noon } from '../support/cdr-builders';
import { frameText } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { fillStore } from '../support/fill-store';
import { storeFile } from '../support/store-file';

const stored = 210_000;
/** As fillStore fills it: three records a second. */
const rangeOf = (rows: number) => ({ from: noon, to: noon + Math.ceil(rows / 3) * 1000 });
const csv: ExportLayout = { format: 'csv', fields: [], dateFormat: 'iso', timeZone: 'pbx', header: true };

let folder: string;
let plugin: HostedPlugin;
const dataSource: DataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: '' }, updated: 1 };

jest.setTimeout(300_000);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'export-'));
  await fillStore(storeFile(folder), stored);
  plugin = await startPlugin({ dataPath: folder });
});
afterAll(async () => {
  await plugin.stop();
  await rm(folder, { recursive: true, force: true });
});

type Query = Omit<SavedQuery, 'refId'>;

function address(query: Query, rows: number, layout: Partial<ExportLayout> = {}, id = 'test-export'): string {
  return `export?${exportParameters({ query, ...rangeOf(rows) }, { ...csv, ...layout }, id)}`;
}

async function progressOf(id: string): Promise<ExportProgress> {
  const { body } = await plugin.client.callResource(dataSource, { url: `export-progress?id=${id}` });
  return JSON.parse(body.toString()) as ExportProgress;
}

async function readOn(pieces: AsyncGenerator<unknown>, onPiece?: () => Promise<unknown>): Promise<void> {
  while (!(await pieces.next()).done) {
    await onPiece?.();
  }
}

async function panelRows(query: Query, rows: number, source = dataSource) {
  const asked = { refId: 'A', queryType: '', json: { ...query, limit: 10_000 }, ...rangeOf(rows) };
  const answers = await plugin.client.queryData(source, [{ ...asked, intervalMs: 60_000, maxDataPoints: 100 }]);
  return rowsOf(answers.get('A')!.frames[0]!);
}

/** Columns of seconds until now. */
const lasting = /Seconds$|^(duration|waitTime|longestWait|lastHeard|clockOffset)/;

/** An agent who is free, and a caller who waits. */
function momentOfPbx(): Array<Record<string, string>> {
  const member = { Queue: 'support', MemberName: 'PJSIP/1001', Interface: 'PJSIP/1001', Status: '1', Paused: '0' };
  const caller = { Channel: 'PJSIP/trunk-00000001', Uniqueid: '1795571230.5', Linkedid: '1795571230.5' };
  return [
    { Event: 'QueueMemberAdded', ...member, Penalty: '0', CallsTaken: '0', LastCall: '0', InCall: '0' },
    { Event: 'Newchannel', ...caller, ChannelState: '4', CallerIDNum: '5551234', Exten: '100' },
    { Event: 'QueueCallerJoin', ...caller, Queue: 'support', Position: '1', CallerIDNum: '5551234' },
  ];
}

const byId = <T extends Record<string, unknown>>(rows: T[]): T[] =>
  [...rows].sort((a, b) => String(a.linkedId).localeCompare(String(b.linkedId)));

describe.each(['records', 'calls'] as const)('an export of %s', (queryType) => {
  const query: Query = { queryType, filters: { agent: ['1001', '1002'] }, limit: 10 };

  it('has the rows of a panel without its limit, as JSON', async () => {
    const url = address(query, 6_000, { format: 'json', dateFormat: 'epoch' });
    const { status, headers, body } = await plugin.client.callResource(dataSource, { url });
    expect(status).toBe(200);
    expect(headers['Content-Type']).toEqual(['application/json; charset=utf-8']);
    const rows = JSON.parse(body.toString()) as Array<Record<string, unknown>>;
    expect(rows).toHaveLength(150);
    expect(byId(rows)).toEqual(byId(await panelRows(query, 6_000)));
  });

  it('has the same rows as CSV, in the order that the query asks for', async () => {
    const url = address({ ...query, sortOrder: 'asc' }, 6_000, { fields: ['startTime', 'linkedId', 'source'] });
    const { headers, body } = await plugin.client.callResource(dataSource, { url });
    expect(headers['Content-Disposition']).toEqual([`attachment; filename="${queryType}-2026-11-24.csv"`]);
    const [titles, ...lines] = parse(body, { bom: true });
    expect(titles).toEqual(['Start time', 'Linked ID', 'Source']);
    const rows = (await panelRows(query, 6_000)).map(({ startTime, linkedId, source }) => [
      new Date(Number(startTime) + 3_600_000).toISOString().replace('.000Z', '+01:00'),
      linkedId,
      source,
    ]);
    expect([...lines].sort()).toEqual(rows.sort());
    const times = lines.map(([time]) => time!);
    expect(times).toEqual([...times].sort());
  });

  it('is counted before', async () => {
    const parameters = new URLSearchParams(selectionParameters({ query, ...rangeOf(6_000) }));
    const { body } = await plugin.client.callResource(dataSource, { url: `export-count?${parameters}` });
    expect(JSON.parse(body.toString())).toEqual({ total: 150 });
  });
});

describe('an export of any other question', () => {
  const asked: Array<[string, Query]> = [
    ['lost callers', { queryType: 'lostCallers', filters: { source: '+49301' } }],
    ['repeated callers', { queryType: 'repeatedCallers', limit: 1 }],
    ['the journey of a call', { queryType: 'journey', filters: { linkedId: [`${noon / 1000}.1`] } }],
    ['figures by agent', { queryType: 'statistics', metrics: ['totalCalls', 'answerRate'], groupBy: ['agent'] }],
    ['figures over time', { queryType: 'statistics', metrics: ['totalCalls'], format: 'timeseries', interval: '1m' }],
    ['a heat map', { queryType: 'statistics', groupBy: ['hourOfDay', 'dayOfWeek'], format: 'heatmap' }],
    ['the busiest hours', { queryType: 'busiestHours' }],
    ['PBXes', { queryType: 'servers' }],
    ['gaps and restarts', { queryType: 'annotations' }],
  ];

  it.each(asked)('has the rows of a panel: %s', async (_, query) => {
    const { body, status } = await plugin.client.callResource(dataSource, {
      url: address(query, 6_000, { format: 'json', dateFormat: 'epoch' }, 'other-export'),
    });
    const rows = JSON.parse(body.toString()) as Array<Record<string, unknown>>;
    // Who waits does so longer by the time that the panel asks.
    const still = (some: typeof rows) => some.map((row) => ({ ...row, ...('waiting' in row && { waiting: 0 }) }));
    // A group without a value reads as in the panel, which has it from a mapping.
    const read = (some: typeof rows) =>
      query.groupBy ? some.map((row) => ({ ...row, ...(row.agent === '' && { agent: '(none)' }) })) : some;
    expect([status, still(rows)]).toEqual([200, still(read(await panelRows(query, 6_000)))]);
    const parameters = new URLSearchParams(selectionParameters({ query, ...rangeOf(6_000) }));
    const count = await plugin.client.callResource(dataSource, { url: `export-count?${parameters}` });
    expect(JSON.parse(count.body.toString())).toEqual({ total: rows.length });
    expect(await progressOf('other-export')).toEqual({ state: 'done', done: rows.length, total: rows.length });
  });

  it('says what can not be asked', async () => {
    const query: Query = { queryType: 'journey', filters: { linkedId: Array.from({ length: 11 }, (_, n) => `${n}`) } };
    const { status, body } = await plugin.client.callResource(dataSource, { url: address(query, 1) });
    expect([status, body.toString()]).toEqual([
      400,
      expect.stringContaining('has 11 calls, but at most 10 are allowed'),
    ]);
  });

  it('says what makes more rows than an answer holds', async () => {
    const query: Query = { queryType: 'statistics', groupBy: ['source'] };
    const { status, body } = await plugin.client.callResource(dataSource, { url: address(query, stored) });
    expect([status, body.toString()]).toEqual([400, expect.stringContaining('groups, including time buckets')]);
  });
});

describe('an export of this moment', () => {
  let amiws: FakeAmiws;
  let heard: DataSource;

  beforeAll(async () => {
    amiws = await startFakeAmiws(['pbx-east']);
    heard = { ...dataSource, uid: 'now', jsonData: { amiwsUrl: amiws.url } };
    await plugin.client.checkHealth(heard);
    momentOfPbx().forEach((fields) => amiws.send(frameText(1, 'pbx-east', 3, fields)));
    for (
      let attempt = 0;
      attempt < 200 && (await panelRows({ queryType: 'callersWaiting' }, 1, heard)).length === 0;
      attempt++
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  afterAll(async () => {
    await plugin.client.checkHealth({ ...heard, jsonData: { mode: 'browser' }, updated: 2 });
    await amiws.close();
  });

  it.each(['queueStatus', 'agentStatus', 'callsNow', 'callersWaiting', 'servers'] as const)(
    'has the rows of a panel: %s',
    async (queryType) => {
      const url = address({ queryType }, 1, { format: 'json', dateFormat: 'epoch' }, 'export-now');
      const { body, status } = await plugin.client.callResource(heard, { url });
      const rows = JSON.parse(body.toString()) as Array<Record<string, unknown>>;
      // What lasts does so longer by the time that the panel asks.
      const still = (some: typeof rows) =>
        some.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !lasting.test(name))));
      expect([status, rows.length]).toEqual([200, 1]);
      expect(still(rows)).toEqual(still(await panelRows({ queryType }, 1, heard)));
    }
  );
});

it('tells how far an export is, and that it is done', async () => {
  const id = 'told-export';
  expect(await progressOf(id)).toEqual({ state: 'waiting', done: 0, total: 0 });
  const seen: ExportProgress[] = [];
  await readOn(
    plugin.client.streamResource(dataSource, { url: address({ queryType: 'calls' }, stored, {}, id) }),
    async () => seen.push(await progressOf(id))
  );
  expect(seen.filter(({ state, done }) => state === 'running' && done > 0 && done < stored).length).toBeGreaterThan(3);
  expect(await progressOf(id)).toEqual({ state: 'done', done: stored, total: stored });
});

it('stops when whoever asked has gone', async () => {
  const id = 'left-export';
  const pieces = plugin.client.streamResource(dataSource, { url: address({ queryType: 'records' }, stored, {}, id) });
  await pieces.next();
  await pieces.return(undefined);
  let progress = await progressOf(id);
  while (progress.state === 'running') {
    progress = await progressOf(id);
  }
  expect(progress).toMatchObject({ state: 'failed', reason: [{ id: 'export.canceled' }] });
  expect(progress.done).toBeLessThan(stored);
});

it('goes on while settings are saved, and breaks off with an error when the data source ends', async () => {
  const id = 'broken-export';
  const pieces = plugin.client.streamResource(dataSource, { url: address({ queryType: 'records' }, stored, {}, id) });
  await pieces.next();
  await plugin.client.checkHealth({ ...dataSource, jsonData: { amiwsUrl: '', retentionDays: 0 }, updated: 2 });
  await pieces.next();
  const ended = plugin.client.checkHealth({ ...dataSource, jsonData: { mode: 'browser' }, updated: 3 });
  await expect(readOn(pieces)).rejects.toThrow('The data source was stopped');
  await ended;
  await plugin.client.checkHealth({ ...dataSource, updated: 4 });
});

it('breaks off with an error when history is derived by other rules meanwhile, and says so', async () => {
  const id = 'other-rules';
  const pieces = plugin.client.streamResource(dataSource, { url: address({ queryType: 'records' }, stored, {}, id) });
  await pieces.next();
  const saved = { ...dataSource, jsonData: { ...dataSource.jsonData, externalChannels: ['^X/'] }, updated: 5 };
  const isSaved = plugin.client.checkHealth(saved);
  await expect(readOn(pieces)).rejects.toThrow('The store was closed while it was read');
  await isSaved;
  expect(await progressOf(id)).toMatchObject({ state: 'failed' });
});

it('refuses what it does not know, in words', async () => {
  const url = `${address({ queryType: 'calls' }, 1)}&limt=3`;
  const { status, body } = await plugin.client.callResource(dataSource, { url });
  expect([status, JSON.parse(body.toString())]).toEqual([
    400,
    { message: 'The rows can\'t be exported. There is no field "limt".', texts: [expect.any(Array)] },
  ]);
});

it('reads no further than whoever asked does', async () => {
  const id = 'slow-export';
  const pieces = plugin.client.streamResource(dataSource, { url: address({ queryType: 'records' }, stored, {}, id) });
  await pieces.next();
  let [before, progress] = [-1, await progressOf(id)];
  while (progress.done !== before) {
    before = progress.done;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    progress = await progressOf(id);
  }
  expect(progress).toMatchObject({ state: 'running', total: stored });
  expect(progress.done).toBeLessThan(stored / 4);
  await pieces.return(undefined);
});
