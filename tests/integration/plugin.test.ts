import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { livePath } from '../../src/query/live-path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { parseCapture } from '../../tools/replay/parse-capture';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { storeFile } from '../support/store-file';

const hour = 3_600_000;
const captures = path.join(__dirname, '../captures');

let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let dataSource: DataSource;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  amiws = await startFakeAmiws(['pbx-east', 'pbx-west']);
  plugin = await startPlugin({ dataPath: folder });
  dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  await plugin.client.checkHealth(dataSource);
});
afterEach(async () => {
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(json: object, range = { from: Date.now() - hour, to: Date.now() + hour }, headers = {}) {
  const query = { refId: 'A', queryType: '', json, ...range, intervalMs: 60_000, maxDataPoints: 100 };
  return (await plugin.client.queryData(dataSource, [query], headers)).get('A')!;
}

async function rows(json: object, range?: { from: number; to: number }) {
  const { frames, error } = await ask(json, range);
  expect(error).toBeUndefined();
  return rowsOf(frames[0]!);
}

/** Asks again until the answer is as expected. */
async function eventually<T>(look: () => Promise<T>, isRight: (found: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const found = await look();
    if (isRight(found) || attempt === 100) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const counted = (count: number) => (found: unknown[]) => found.length === count;
const calls = { queryType: 'calls' };

describe('the built plugin', () => {
  it('answers with a call once its Cdr frame came', async () => {
    amiws.send(cdrFrame({ Source: '5559999' }));
    expect(await eventually(() => rows(calls), counted(1))).toMatchObject([
      { source: '5559999', outcome: 'answered', agent: '1001', direction: 'inbound', talkTime: 8 },
    ]);
  });

  it('sends each call on a live channel, and statistics anew', async () => {
    const subscription = (query: object) => ({ query, start: { rangeMs: hour }, intervalMs: 60_000 });
    const pathOf = (query: object) => livePath('', subscription(query));
    const stream = (query: object) => {
      const frames = plugin.client.runStream(dataSource, pathOf(query), subscription(query));
      return firstValueFrom(
        frames.pipe(
          filter(({ data }) => Boolean(data?.values[0]?.[0])),
          timeout(10_000)
        )
      );
    };
    expect(await plugin.client.subscribeStream(dataSource, pathOf(calls), subscription(calls))).toMatchObject({
      status: 'ok',
    });
    const both = Promise.all([stream(calls), stream({ queryType: 'statistics', metrics: ['totalCalls'] })]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    amiws.send(cdrFrame());
    const [row, figures] = await both;
    expect(row.schema?.fields.map(({ name }) => name)).toContain('outcome');
    expect(figures.data?.values).toEqual([[1]]);
  });

  it('keeps what it stored when it is killed, and takes frames that come twice once', async () => {
    const frame = cdrFrame();
    amiws.send(frame);
    await eventually(() => rows(calls), counted(1));
    await plugin.kill();
    plugin = await startPlugin({ dataPath: folder });
    expect(await rows(calls)).toHaveLength(1);
    await amiws.connected();
    amiws.send(frame);
    amiws.send(cdrFrame());
    expect(await eventually(() => rows(calls), counted(2))).toHaveLength(2);
    expect(await rows({ queryType: 'records' })).toHaveLength(2);
  });

  it('goes on listening after a restart without being asked', async () => {
    await plugin.stop();
    plugin = await startPlugin({ dataPath: folder });
    await amiws.connected();
    amiws.send(cdrFrame());
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await rows(calls)).toHaveLength(1);
  });

  it('stores when it did not run and when amiws was away, and says so in what it answers', async () => {
    const marks = { queryType: 'annotations', shortestGap: 0 };
    amiws.send(cdrFrame());
    await eventually(() => rows(calls), counted(1));
    const { port } = new URL(amiws.url);
    await plugin.stop();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    plugin = await startPlugin({ dataPath: folder });
    await eventually(() => rows(marks), counted(2));
    await amiws.close();
    await eventually(
      () => rows({ queryType: 'servers' }),
      ([row]) => row?.state === 'down'
    );
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    const during = await ask(calls);
    expect(JSON.stringify(during.frames[0]!.meta)).toMatch(
      /pbx-west wasn't heard from .* until now because the data source wasn't connected/
    );
    amiws = await startFakeAmiws(['pbx-east', 'pbx-west'], { port: Number(port) });
    await eventually(
      () => rows({ queryType: 'servers' }),
      ([row]) => row?.state === 'up'
    );
    const found = await eventually(() => rows(marks), counted(4));
    // Each PBX is heard last at an instant of its own.
    const reasons = found.map(
      ({ kind, server, text }) => `${kind} ${server} ${/ because (.*?)\./.exec(text as string)![1]}`
    );
    expect(reasons.sort()).toEqual([
      "gap pbx-east the data source wasn't connected",
      "gap pbx-east the data source wasn't running",
      "gap pbx-west the data source wasn't connected",
      "gap pbx-west the data source wasn't running",
    ]);
  }, 30_000);

  it('marks a restart of a PBX once, however often amiws logs in', async () => {
    amiws.send(cdrFrame({ Event: 'FullyBooted', Uptime: '600' }));
    amiws.send(cdrFrame({ Event: 'FullyBooted', Uptime: '601' }));
    amiws.send(cdrFrame({ Event: 'FullyBooted', Uptime: '3' }));
    const found = await eventually(() => rows({ queryType: 'annotations', annotationKinds: 'restart' }), counted(2));
    expect(found.map(({ title }) => title)).toEqual(['pbx-east restarted', 'pbx-east restarted']);
  });

  it('does not tell an alert rule of a PBX that is not heard, but for whether it is', async () => {
    await amiws.close();
    const fromAlert = { FromAlert: 'true' };
    const statistics = { queryType: 'statistics', metrics: ['missedCalls'] };
    await eventually(
      () => rows({ queryType: 'servers' }),
      ([row]) => row?.state === 'down'
    );
    expect((await ask(statistics, undefined, fromAlert)).error).toMatchObject({ source: 'downstream' });
    const { frames, error } = await ask({ queryType: 'servers' }, undefined, fromAlert);
    expect(error).toBeUndefined();
    expect(rowsOf(frames[0]!)).toMatchObject([
      { server: 'pbx-east', up: 0 },
      { server: 'pbx-west', up: 0 },
    ]);
  });

  it('counts what it cannot read, shows it, and loses nothing else', async () => {
    const broken = parseCapture(readFileSync(path.join(captures, 'broken-json-latin1.jsonl'), 'utf8'))[0]!.data;
    amiws.send('garbage');
    amiws.send('x'.repeat(5_000_000));
    amiws.send('{"type":3,"server_name":7,"data":[]}');
    amiws.send('{"type":3,"server_id":1,"server_name":"pbx-east","ssl":false,"data":{"Event":"NobodyKnowsThis"}}');
    amiws.send(cdrFrame({ StartTime: 'when it began', Source: 'timeless' }));
    amiws.send(broken);
    amiws.send(cdrFrame({ Source: 'good' }));
    const wide = { from: 0, to: Date.now() + hour };
    const found = await eventually(() => rows({ queryType: 'records' }, wide), counted(2));
    expect(found.map(({ source }) => source).sort()).toEqual(['good', 'sipp']);
    expect(found.map(({ callerId }) => callerId)).toContain('"José \\"The \\\\\\\\ Boss\\"" <sipp>');
    const metrics = await plugin.client.collectMetrics();
    expect(metrics).toContain('amiws_cdr_bad_frames_total{uid="cdr",reason="not-json"} 1');
    expect(metrics).toContain('amiws_cdr_bad_frames_total{uid="cdr",reason="too-large"} 1');
    expect(metrics).toContain('amiws_cdr_record_problems_total{uid="cdr",problem="start-time"} 1');
    expect(metrics).toContain('amiws_cdr_records_stored_total{uid="cdr"} 3');
    const health = await plugin.client.checkHealth(dataSource);
    expect(health.message).toContain("can't be read");
    expect(health.details).toMatchObject({ records: 3, frames: { recovered: 1 } });
  });

  it('names a field of a query that is of another type, as the user’s error', async () => {
    expect((await ask({ queryType: 'calls', limit: 'all' })).error).toEqual({
      message: 'The query can\'t be answered. "limit" must be number, found "all".',
      source: 'downstream',
      status: 400,
    });
  });

  it('suggests values and tells its status', async () => {
    amiws.send(cdrFrame());
    await eventually(() => rows(calls), counted(1));
    const get = async (url: string) =>
      JSON.parse((await plugin.client.callResource(dataSource, { url })).body.toString()) as unknown;
    expect(await get('suggestions?field=agent')).toEqual([
      { value: '1001', text: '1001' },
      { value: '(none)', text: '(none)' },
    ]);
    const post = async (path: string, parameters: Record<string, string>) => {
      const headers = { 'Content-Type': ['application/x-www-form-urlencoded; charset=UTF-8'] };
      const body = Buffer.from(new URLSearchParams(parameters).toString());
      const answer = await plugin.client.callResource(dataSource, { url: path, method: 'POST', headers, body });
      return JSON.parse(answer.body.toString()) as unknown;
    };
    // Longer than the address that a proxy lets through.
    const filters = JSON.stringify({ queue: Array.from({ length: 1_000 }, (_, n) => `queue number ${n}`) });
    expect(filters.length).toBeGreaterThan(16_384);
    expect(await post('suggestions', { field: 'server', filters })).toEqual([]);
    const found = { value: '1001', text: '1001' };
    expect(await post('suggestions', { field: 'agent' })).toContainEqual(found);
    expect(await post('suggestions', { field: 'agent', from: '0', to: '1' })).not.toContainEqual(found);
    const range = { from: '0', to: String(Date.now() + 86_400_000) };
    const query = JSON.stringify({ queryType: 'calls' });
    expect(await post('export-count', { query, ...range })).toEqual({ total: 1 });
    expect(await get('status')).toMatchObject({ connection: { state: 'connected' }, records: 1, calls: 1 });
    expect(await plugin.client.callResource(dataSource, { url: 'suggestions?field=secrets' })).toMatchObject({
      status: 400,
    });
    expect(await plugin.client.callResource(dataSource, { url: '../etc/passwd' })).toMatchObject({ status: 404 });
  });

  it('says in words what is wrong with the connection', async () => {
    const health = async (jsonData: object) =>
      plugin.client.checkHealth({ ...dataSource, uid: 'other', jsonData, updated: Date.now() });
    expect(await health({})).toMatchObject({
      status: 'error',
      message: expect.stringContaining('No amiws URL is set'),
    });
    expect(await health({ amiwsUrl: 'ws://127.0.0.1:9' })).toMatchObject({
      status: 'error',
      message: expect.stringContaining('Nothing listens there'),
    });
    expect(await health({ amiwsUrl: amiws.url, agentPatterns: ['('] })).toMatchObject({
      status: 'error',
      message: expect.stringContaining('not a valid RE2 expression'),
    });
    expect(await plugin.client.checkHealth(dataSource)).toMatchObject({
      status: 'ok',
      message: expect.stringContaining('PBX: pbx-east, pbx-west'),
    });
  });

  it('keeps how long agents were logged in and paused', async () => {
    const member = (event: string, more: object) =>
      JSON.stringify({
        type: 3,
        server_id: 1,
        server_name: 'pbx-east',
        ssl: false,
        data: { Event: event, Queue: 'support', Interface: 'PJSIP/1001', Status: '1', Paused: '0', ...more },
      });
    const wait = () => new Promise((resolve) => setTimeout(resolve, 1200));
    amiws.send(member('QueueMemberAdded', {}));
    await wait();
    amiws.send(member('QueueMemberPause', { Paused: '1' }));
    await wait();
    amiws.send(member('QueueMemberRemoved', {}));
    const query = { queryType: 'statistics', metrics: ['loggedInTime', 'pausedTime'], groupBy: ['agent'] };
    const [row] = await eventually(
      () => rows(query),
      ([found]) => Number(found?.pausedTime) > 0
    );
    expect(row?.agent).toBe('1001');
    expect(Number(row?.loggedInTime)).toBeGreaterThan(Number(row?.pausedTime));
    expect(Number(row?.pausedTime)).toBeGreaterThan(0);
  });

  it('says that a clock of a PBX is off', async () => {
    const slow = await startFakeAmiws(['pbx-slow'], { clockOffsetMs: -180_000 });
    const jsonData = { amiwsUrl: slow.url };
    const { message } = await plugin.client.checkHealth({ ...dataSource, uid: 'slow', jsonData });
    expect(message).toContain('The clock of pbx-slow is 180 s slow');
    await slow.close();
  });

  it('previews rules on the calls that it has', async () => {
    amiws.send(cdrFrame());
    amiws.send(cdrFrame({ Destination: '9555' }));
    await eventually(() => rows(calls), counted(2));
    const body = Buffer.from(
      JSON.stringify({ directionRules: [{ field: 'destination', pattern: '^9', direction: 'outbound' }] })
    );
    const answer = await plugin.client.callResource(dataSource, { url: 'preview-rules', method: 'POST', body });
    expect(JSON.parse(answer.body.toString())).toEqual({
      directions: expect.arrayContaining([
        { direction: 'outbound', rule: 1, calls: 1 },
        { direction: 'inbound', rule: null, calls: 1 },
      ]),
      agents: ['1001'],
    });
  });

  it('says what keeps its store from being opened, where only in the log, and keeps serving', async () => {
    const file = path.join(folder, 'in-the-way');
    await writeFile(file, '');
    const other = await startPlugin({ dataPath: file });
    const { status, message } = await other.client.checkHealth(dataSource).finally(other.stop);
    expect(status).toBe('error');
    expect(message).toContain('A file exists at the path of the folder of the store.');
    expect(message).not.toContain(file);
    expect(other.logs.join('\n')).toContain(`The store ${storeFile(file)} can't be opened`);
  });

  it('lets an alert rule fail while amiws is away, rather than report no calls', async () => {
    const statistics = { queryType: 'statistics', metrics: ['missedCalls'] };
    const alert = { FromAlert: 'true' };
    expect((await ask(statistics, undefined, alert)).error).toBeUndefined();
    await amiws.close();
    const answer = await eventually(
      () => ask(statistics, undefined, alert),
      ({ error }) => error !== undefined
    );
    expect(answer.error).toMatchObject({
      source: 'downstream',
      message: expect.stringContaining("amiws isn't connected"),
    });
    amiws = await startFakeAmiws([]);
  });

  it('sends a PBX nothing but Ping and QueueStatus, whatever a user sends', async () => {
    await plugin.client.callResource(dataSource, {
      url: 'action',
      method: 'POST',
      body: Buffer.from('{"Action":"Originate"}'),
    });
    await ask({ queryType: 'calls', filters: { source: '{"Action":"Originate"}' } });
    const actions = amiws.received.map((text) => (JSON.parse(text) as { Action: string }).Action);
    expect([...new Set(actions)].sort()).toEqual(['Ping', 'QueueStatus']);
  });
});
