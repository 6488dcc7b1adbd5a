import { LoadingState, type DataFrame, type DataQueryResponse } from '@grafana/data';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cdrFrame } from '../../tests/support/cdr-frame';
import { parseCapture } from '../../tools/replay/parse-capture';
import type { SocketListener } from '../amiws/amiws-socket';
import type { SavedSettings } from '../settings/settings';
import { BrowserSource, type BrowserQuestion } from './browser-source';
import { sentence } from '../sentences/sentence';

const capture = parseCapture(readFileSync(path.join(__dirname, '../../tests/captures/two-pbx.jsonl'), 'utf8'));
const now = Date.UTC(2026, 10, 24, 14);
const range = { from: now - 3_600_000, to: now, intervalMs: 60_000 };

interface Socket {
  url: string;
  listener: SocketListener;
  sent: string[];
  isClosed: boolean;
}

let sockets: Socket[];
let status: number;

beforeEach(() => {
  jest.useFakeTimers({ now });
  sockets = [];
  status = 502;
});
afterEach(() => jest.useRealTimers());

function open(settings: SavedSettings = {}): BrowserSource {
  return new BrowserSource(
    { mode: 'browser', amiwsUrl: 'ws://pbx:8080', ...settings },
    {
      uid: 'uid1',
      grafanaUrl: 'https://grafana.example.com/sub',
      readStatus: async () => status,
      openSocket: (url, _options, listener) => {
        const socket: Socket = { url, listener, sent: [], isClosed: false };
        sockets.push(socket);
        return { send: (text) => socket.sent.push(text), close: () => (socket.isClosed = true) };
      },
    }
  );
}

/** What a panel is given. */
function ask(source: BrowserSource, json: object, question: Partial<BrowserQuestion> = {}) {
  const responses: DataQueryResponse[] = [];
  let isComplete = false;
  const subscription = source.query([{ refId: 'A', json, range, live: null, ...question }]).subscribe({
    next: (response) => responses.push(response),
    complete: () => (isComplete = true),
  });
  return {
    responses,
    isComplete: () => isComplete,
    frame: () => responses.at(-1)!.data[0] as DataFrame,
    leave: () => subscription.unsubscribe(),
  };
}
const live = { live: { rangeMs: 3_600_000 } };
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const emit = (frame: string | Uint8Array) => sockets.at(-1)!.listener.message(frame);
const column = (frame: DataFrame, name: string): unknown[] => frame.fields.find((field) => field.name === name)!.values;
const notices = (frame: DataFrame): string => frame.meta!.notices!.map(({ text }) => text).join('\n');

test('the figures of a capture are those of docs/metrics.md, answered once', async () => {
  const source = open();
  ask(source, { queryType: 'calls' });
  sockets[0]!.listener.opened();
  capture.forEach(({ data }) => emit(data));
  const statistics = {
    queryType: 'statistics',
    metrics: ['callsOffered', 'callsAbandoned', 'abandonmentRate', 'averageWaitTime', 'serviceLevelPct'],
    groupBy: ['server', 'queue'],
  };
  // The events bear no time of their own: all of them happened at this moment, which the end of a range leaves out.
  const panel = ask(source, statistics, { range: { ...range, to: now + 1 } });
  await pass(0);
  expect(panel.isComplete()).toBe(true);
  expect(panel.responses).toMatchObject([{ state: LoadingState.Done }]);
  const frame = panel.frame();
  expect(column(frame, 'queue')).toEqual(['sales', 'support', 'sales', 'support']);
  expect(column(frame, 'callsOffered')).toEqual([3, 2, 3, 2]);
  expect(column(frame, 'callsAbandoned')).toEqual([3, 1, 3, 1]);
  expect(column(frame, 'abandonmentRate')).toEqual([100, 50, 100, 50]);
  expect(column(frame, 'averageWaitTime')).toEqual([7, 7, 7, 7]);
  expect(column(frame, 'serviceLevelPct')).toEqual([0, 50, 0, 50]);
  const calls = ask(source, { queryType: 'calls', filters: { server: 'pbx-east' } });
  await pass(0);
  expect(calls.frame().length).toBe(11);
  const records = ask(source, { queryType: 'records', filters: { server: 'pbx-east' } });
  await pass(0);
  expect(records.frame().length).toBe(31);
});

test('panels share one connection, through the proxy of Grafana, that outlasts the last of them for a while', async () => {
  const source = open();
  const panels = [ask(source, { queryType: 'calls' }, live), ask(source, { queryType: 'queueStatus' }, live)];
  sockets[0]!.listener.opened();
  await pass(300);
  expect(sockets.map(({ url }) => url)).toEqual([
    'wss://grafana.example.com/sub/api/datasources/proxy/uid/uid1/amiws/',
  ]);
  panels.forEach(({ leave }) => leave());
  await pass(60_000);
  ask(source, { queryType: 'calls' });
  await pass(5_000);
  expect(sockets).toHaveLength(1);
  expect(sockets[0]!.isClosed).toBe(false);
  await pass(95_000);
  expect(sockets[0]!.isClosed).toBe(true);
});

test('direct access opens the address itself', () => {
  ask(open({ browserAccess: 'direct' }), { queryType: 'calls' });
  expect(sockets[0]!.url).toBe('ws://pbx:8080');
});

test('only Ping and QueueStatus are sent', async () => {
  ask(open(), { queryType: 'calls' }, live);
  sockets[0]!.listener.opened();
  await pass(60_000);
  const actions = sockets[0]!.sent.map((text) => (JSON.parse(text) as { Action: string }).Action);
  expect(new Set(actions)).toEqual(new Set(['Ping', 'QueueStatus']));
});

test('calls that come after the connection ended by itself are added to those before, and the gap is told', async () => {
  const source = open();
  const before = ask(source, { queryType: 'calls' }, live);
  sockets[0]!.listener.opened();
  emit(cdrFrame());
  await pass(300);
  before.leave();
  await pass(120_000);
  const after = ask(source, { queryType: 'calls' }, live);
  sockets[1]!.listener.opened();
  emit(cdrFrame());
  await pass(300);
  expect(after.frame().length).toBe(2);
  expect(notices(after.frame())).toContain("pbx-east wasn't heard from");
});

test('a live panel gets each call, and is not drawn more often than four times a second', async () => {
  const panel = ask(open(), { queryType: 'calls' }, live);
  sockets[0]!.listener.opened();
  for (let count = 0; count < 100; count++) {
    emit(cdrFrame());
    await pass(10);
  }
  await pass(250);
  expect(panel.isComplete()).toBe(false);
  expect(panel.responses.length).toBeLessThanOrEqual(7);
  expect(panel.responses.at(-1)).toMatchObject({ state: LoadingState.Streaming, key: 'live-A' });
  expect(panel.frame().length).toBe(100);
});

test('what a live panel shows leaves its range as time goes by, without any event', async () => {
  const panel = ask(open(), { queryType: 'calls' }, { live: { rangeMs: 30_000 } });
  sockets[0]!.listener.opened();
  emit(cdrFrame());
  await pass(300);
  expect(panel.frame().length).toBe(1);
  await pass(30_000);
  expect(panel.frame().length).toBe(0);
});

test('an answer says since when calls are known and how many are kept', async () => {
  const panel = ask(open({ keepCalls: 500 }), { queryType: 'calls' }, live);
  await pass(0);
  expect(notices(panel.frame())).toContain('no data received from amiws');
  sockets[0]!.listener.opened();
  await pass(300);
  expect(notices(panel.frame())).toMatch(
    /Browser-only mode: calls since \d\d:\d\d:\d\d, at most 500, without history and alerts/
  );
});

test('a connection that a browser closes at a text which is not UTF-8 is opened again, and counted', async () => {
  const panel = ask(open(), { queryType: 'calls' }, live);
  sockets[0]!.listener.opened();
  emit(cdrFrame());
  sockets[0]!.listener.closed({ reason: 'closed', detail: sentence('connection.found.closed', { code: '1006' }) });
  await pass(300);
  expect(panel.responses.at(-1)!.errors).toEqual([
    {
      refId: 'A',
      message: expect.stringContaining('reconnects automatically. The connection was closed (code 1006).'),
    },
  ]);
  await pass(3_000);
  sockets[1]!.listener.opened();
  emit(cdrFrame());
  await pass(300);
  expect(panel.responses.at(-1)!.errors).toBeUndefined();
  expect(panel.frame().length).toBe(2);
  expect(notices(panel.frame())).toContain('Connections lost: 1');
});

test.each([
  [403, 'lets only Editors and Admins reach amiws'],
  [502, "Grafana can't reach amiws"],
  [426, "didn't open a WebSocket (status 426)"],
])('a proxy that answers %i says why', async (answered, reason) => {
  status = answered;
  const source = open();
  const panel = ask(source, { queryType: 'calls' });
  sockets[0]!.listener.closed({ reason: 'refused', detail: sentence('connection.found.browser', { code: '1006' }) });
  await pass(0);
  expect(panel.isComplete()).toBe(true);
  expect(panel.responses[0]!.errors![0]!.message).toContain(reason);
  const verdict = source.test();
  await pass(5_000);
  expect(await verdict).toMatchObject({ status: 'error', message: expect.stringContaining(reason) });
});

test('a query that is not valid says so, and harms no other', async () => {
  const source = open();
  const responses: DataQueryResponse[] = [];
  const wrong = { refId: 'A', json: { queryType: 'calls', limit: 'many' }, range, live: null };
  source
    .query([wrong, { ...wrong, refId: 'B', json: { queryType: 'calls' } }])
    .subscribe((response) => responses.push(response));
  await pass(5_000);
  expect(responses[0]!.errors).toEqual([{ refId: 'A', message: expect.stringContaining('"limit"') }]);
  expect(responses[0]!.data).toMatchObject([{ refId: 'B' }]);
});

test('a filter of another version is ignored, and the answer says so', async () => {
  const panel = ask(open(), { queryType: 'calls', filters: { mood: ['good'] } });
  await pass(5_000);
  expect(notices(panel.frame())).toMatch(/\bmood\b/);
});

test('without an address nothing is opened, and Save & test says so', async () => {
  const source = open({ amiwsUrl: '' });
  const verdict = source.test();
  await pass(5_000);
  expect(await verdict).toMatchObject({
    status: 'error',
    message: expect.stringContaining('No amiws URL is set'),
  });
  expect(sockets).toEqual([]);
});

test('Save & test names the PBXes that are heard, or says that none is', async () => {
  const silent = open().test();
  sockets[0]!.listener.opened();
  await pass(6_000);
  expect(await silent).toMatchObject({ status: 'error', message: expect.stringContaining('no PBX is heard') });
  const heard = open().test();
  sockets[1]!.listener.opened();
  emit(cdrFrame());
  emit(cdrFrame({}, 'pbx-west'));
  await pass(1_000);
  expect(await heard).toMatchObject({
    status: 'success',
    message: expect.stringContaining('hears pbx-east, pbx-west'),
  });
});

test('values are suggested from the calls that were heard', async () => {
  const source = open();
  ask(source, { queryType: 'calls' });
  sockets[0]!.listener.opened();
  emit(cdrFrame({ AccountCode: 'acme' }));
  emit(cdrFrame({ AccountCode: 'beta' }));
  emit(cdrFrame({ AccountCode: 'beta' }));
  const acme = { value: 'acme', text: 'acme' };
  const none = { value: '(none)', text: '(none)' };
  expect(await source.suggest('accountCode', {}, null)).toEqual([{ value: 'beta', text: 'beta' }, acme, none]);
  expect(await source.suggest('accountCode', { accountCode: ['acme'] }, null)).toEqual([acme, none]);
  expect(await source.suggest('accountCode', { accountCode: ['acme'] }, { from: now - 60_000, to: now + 1 })).toEqual([
    acme,
    none,
  ]);
  expect(await source.suggest('accountCode', {}, { from: 0, to: now - 60_000 })).toEqual([]);
});
