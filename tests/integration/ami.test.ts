import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Subscription } from 'rxjs';
import { livePath } from '../../src/query/live-path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import type { FrameJson } from '../../tools/plugin-host/plugin-client';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmi, type FakeAmi } from '../support/fake-ami';

const hour = 3_600_000;

let folder: string;
let ami: FakeAmi;
let plugin: HostedPlugin;
let dataSource: DataSource;
let watching: Subscription;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ami-'));
  ami = await startFakeAmi();
  plugin = await startPlugin({ dataPath: folder });
  const pbx = { server: 'pbx-east', host: '127.0.0.1', port: ami.port, user: 'grafana' };
  dataSource = {
    ...{ uid: 'cdr', name: 'CDR', updated: 1 },
    jsonData: { connection: 'ami', pbxes: [pbx] },
    secureJsonData: { pbxSecret0: 'secret' },
  };
  watching = new Subscription();
});
afterEach(async () => {
  watching.unsubscribe();
  await plugin.stop();
  await ami.close();
  await rm(folder, { recursive: true, force: true });
});

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await isSo()) && attempt < 300; attempt++) {
    await sleep(50);
  }
  expect(await isSo()).toBe(true);
}

const isHealthy = async (): Promise<boolean> => (await plugin.client.checkHealth(dataSource)).status === 'ok';

async function ask(query: object): Promise<Array<Record<string, unknown>>> {
  const range = { from: Date.now() - hour, to: Date.now() + hour, intervalMs: 60_000, maxDataPoints: 100 };
  const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json: query, ...range }]);
  return rowsOf(answers.get('A')!.frames[0]!);
}

/** What a live stream has sent so far. */
function watch(query: object): FrameJson[] {
  const data = { query, start: { rangeMs: hour }, intervalMs: 60_000 };
  const frames: FrameJson[] = [];
  watching.add(
    plugin.client.runStream(dataSource, livePath('', data), data).subscribe({
      next: (frame) => frames.push(frame),
      error: () => undefined,
    })
  );
  return frames;
}

const say = (fields: Record<string, string>): void =>
  ami.say(
    `${Object.entries(fields)
      .map(([key, value]) => `${key}: ${value}`)
      .join('\r\n')}\r\n\r\n`
  );
const record = (fields: Record<string, string> = {}): void =>
  say((JSON.parse(cdrFrame(fields, 'pbx-east')) as { data: Record<string, string> }).data);

const uniqueId = (n: number): string => `${Math.floor(Date.now() / 1000)}.${n}`;
const caller = (id: string) => ({
  ...{ Channel: 'PJSIP/trunk-acme-00000001', Uniqueid: id, Linkedid: id, ChannelState: '4' },
  ...{ CallerIDNum: '5550101', CallerIDName: 'Zoë', Exten: '200', Context: 'from-trunk' },
});

it('logs in to a PBX, stores its calls and shows what goes on there as it happens', async () => {
  await until(isHealthy);
  const [records, calls, callers] = ['records', 'callsNow', 'callersWaiting'].map((queryType) => watch({ queryType }));
  const id = uniqueId(1);
  say({ Event: 'Newchannel', ...caller(id) });
  say({ Event: 'QueueCallerJoin', ...caller(id), Queue: 'support', Position: '1', Count: '1' });
  await until(() => callers!.some(({ data }) => JSON.stringify(data).includes('"support"')));
  await until(() => calls!.some(({ data }) => JSON.stringify(data).includes('"waiting"')));
  // A name that is Latin-1 on the wire.
  expect(await ask({ queryType: 'callersWaiting' })).toMatchObject([
    { server: 'pbx-east', queue: 'support', source: '5550101', callerName: 'Zoë', position: 1 },
  ]);
  say({ Event: 'QueueCallerAbandon', ...caller(id), Queue: 'support', HoldTime: '3', Position: '1' });
  say({ Event: 'QueueCallerLeave', ...caller(id), Queue: 'support', Position: '1', Count: '0' });
  say({ Event: 'Hangup', ...caller(id), Cause: '16' });
  record({ UniqueID: id, LinkedID: id });
  await until(() => records!.some(({ data }) => JSON.stringify(data).includes(id)));
  expect(await ask({ queryType: 'callersWaiting' })).toEqual([]);
  const metrics = ['callsOffered', 'callsAbandoned'];
  expect(await ask({ queryType: 'statistics', metrics, groupBy: ['queue'] })).toMatchObject([
    { queue: 'support', callsOffered: 1, callsAbandoned: 1 },
  ]);
});

it('says what is wrong with a login, and that all is well once it is mended', async () => {
  dataSource = { ...dataSource, secureJsonData: { pbxSecret0: 'wrong' } };
  await until(async () =>
    (await plugin.client.checkHealth(dataSource)).message.includes(
      'pbx-east is not connected. Asterisk answers the login with: Authentication failed'
    )
  );
  dataSource = { ...dataSource, secureJsonData: { pbxSecret0: 'secret' }, updated: 2 };
  await until(isHealthy);
});

/** The plugin ends and starts again, a record before and after. */
async function startAgain(end: 'stop' | 'kill'): Promise<void> {
  await until(isHealthy);
  record();
  await until(async () => (await ask({ queryType: 'records' })).length === 1);
  await plugin[end]();
  // A shorter gap is none.
  await sleep(1_200);
  plugin = await startPlugin({ dataPath: folder });
  await until(isHealthy);
  record();
  await until(async () => (await ask({ queryType: 'records' })).length === 2);
}

it.each(['stop', 'kill'] as const)(
  'goes on with its history after a %s of the plugin, and sends no other action',
  async (end) => {
    await startAgain(end);
    expect(await ask({ queryType: 'servers' })).toMatchObject([{ server: 'pbx-east', state: 'up' }]);
    expect(ami.received.filter((action) => action.startsWith('Action: Login'))).toHaveLength(2);
    const actions = new Set(ami.received.map((action) => /^Action: (\w+)/.exec(action)![1]!));
    const allowed = ['Challenge', 'Login', 'Ping', 'QueueStatus', 'Logoff'];
    expect([...actions].filter((action) => !allowed.includes(action))).toEqual([]);
  }
);

it('tells the time in which it was stopped as a gap of that PBX', async () => {
  await startAgain('stop');
  const text = expect.stringContaining("the data source wasn't running") as string;
  expect(await ask({ queryType: 'annotations', shortestGap: 0 })).toMatchObject([
    { kind: 'gap', server: 'pbx-east', text },
  ]);
});

it('logs in again when the PBX ends the connection', async () => {
  await until(isHealthy);
  ami.cut();
  await until(() => ami.received.filter((action) => action.startsWith('Action: Login')).length === 2);
  await until(isHealthy);
  record();
  await until(async () => (await ask({ queryType: 'records' })).length === 1);
});
