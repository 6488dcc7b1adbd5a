import { livePath } from '../../src/query/live-path';
import { english } from '../../src/sentences/english';
import type { SetupCheck } from '../../src/setup/setup-checks';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { eventually } from '../reliability/eventually';
import { frameText } from '../support/cdr-frame';
import { startStoreServer, type StoreServer } from '../support/store-server';
import { TestGrafana } from './grafanas';

let server: StoreServer;
let listens: TestGrafana;
let answers: TestGrafana;
beforeAll(async () => {
  server = await startStoreServer();
  listens = await TestGrafana.start(server);
  answers = await TestGrafana.start(server, undefined, { heardBy: 'others' });
});
afterAll(async () => {
  await listens.stop();
  await answers.stop();
  await server.run('DROP SCHEMA IF EXISTS calls CASCADE');
  await server.stop();
});

const say = (fields: Record<string, string>) => listens.amiws.send(frameText(1, 'pbx-east', 3, fields));

async function ask(queryType: string, headers: Record<string, string> = {}) {
  const now = Date.now();
  const query = { refId: 'A', queryType, json: { queryType }, from: now - 60_000, to: now };
  const found = await answers.client.queryData(
    answers.dataSource,
    [{ ...query, intervalMs: 1_000, maxDataPoints: 100 }],
    headers
  );
  const { frames, error } = found.get('A')!;
  return { rows: frames[0] ? rowsOf(frames[0]) : [], notices: frames[0]?.meta?.notices ?? [], error: error?.message };
}

test('a Grafana that only answers has the queues, the PBXes and the alerts of those that listen', async () => {
  say({ Event: 'QueueParams', Queue: 'support', Completed: '0', Abandoned: '0' });
  say({ Event: 'QueueMember', Queue: 'support', Location: 'PJSIP/1001', Status: '1', Paused: '0' });
  const lunch = { Status: '1', Paused: '1', PausedReason: 'Lunch' };
  say({ Event: 'QueueMember', Queue: 'training', Location: 'PJSIP/1002', ...lunch });
  const { rows } = await eventually(
    () => ask('queueStatus'),
    (found) => found.rows.length > 1
  );
  expect(rows[0]).toMatchObject({ server: 'pbx-east', queue: 'support', callersWaiting: 0, agentsFree: 1 });
  const { rows: agents } = await eventually(
    () => ask('agentStatus'),
    (found) => found.rows.length === 2
  );
  expect(agents).toMatchObject([
    { agent: '1001', state: 'free', queues: 'support' },
    { agent: '1002', state: 'paused', pauseReason: 'Lunch', queues: 'training' },
  ]);
  say({ Event: 'QueueCallerJoin', Queue: 'support', Uniqueid: '1790000000.5', CallerIDNum: '5550101', Position: '1' });
  say({
    Event: 'Newchannel',
    Channel: 'PJSIP/1001-00000001',
    ChannelState: '5',
    Uniqueid: '1790000000.6',
    Linkedid: '1790000000.6',
  });
  const { rows: inProgress } = await eventually(
    () => ask('callsNow'),
    (found) => found.rows.length === 2
  );
  expect(inProgress.map(({ state }) => state).sort()).toEqual(['ringing', 'waiting']);
  expect((await ask('callersWaiting')).rows).toMatchObject([{ queue: 'support', position: 1, source: '5550101' }]);
  say({ Event: 'Hangup', Uniqueid: '1790000000.5' });
  say({ Event: 'Hangup', Uniqueid: '1790000000.6' });
  const { rows: pbxes } = await eventually(
    () => ask('servers'),
    (found) => found.rows.length === 2
  );
  expect(pbxes).toMatchObject([
    { server: 'pbx-east', state: 'up' },
    { server: 'pbx-west', state: 'up' },
  ]);
  expect((await ask('statistics', { fromalert: 'true' })).error).toBeUndefined();
  const checks = JSON.parse(
    String((await answers.client.callResource(answers.dataSource, { url: 'setup' })).body)
  ) as SetupCheck[];
  expect(checks.filter(({ state }) => state === 'problem')).toEqual([]);
  const heard = checks.find(({ id, server: of }) => id === 'pbx' && of === 'pbx-east')!;
  expect(english(heard.found)).toMatch(/Another Grafana server/);
}, 60_000);

test('its live wallboard follows each caller within moments', async () => {
  const wallboard = { query: { queryType: 'queueStatus' }, start: { rangeMs: 60_000 }, intervalMs: 1_000 };
  let waiting: readonly unknown[] = [];
  const live = answers.client
    .runStream(answers.dataSource, livePath('', wallboard), wallboard)
    .subscribe({ next: ({ data }) => (waiting = data?.values[2] ?? []), error: () => undefined });
  const times: number[] = [];
  for (const [Event, count] of [
    ['QueueCallerJoin', 1],
    ['QueueCallerAbandon', 0],
    ['QueueCallerJoin', 1],
  ] as const) {
    const at = performance.now();
    say({ Event, Queue: 'support', Uniqueid: '1790000000.1', Linkedid: '1790000000.1', Position: '1' });
    expect(
      await eventually(
        async () => waiting[0],
        (found) => found === count
      )
    ).toBe(count);
    times.push(Math.round(performance.now() - at));
  }
  live.unsubscribe();
  console.log(`The wallboard of a Grafana that only answers follows within ${times.join(', ')} ms`);
}, 60_000);

test('where none listens any more its wallboard says why it is empty, and its alert rules fail', async () => {
  await listens.stop();
  const { rows, notices } = await eventually(
    () => ask('queueStatus'),
    (found) => found.rows.length === 0 && found.notices.length > 0,
    60
  );
  expect(rows).toEqual([]);
  expect(notices).toMatchObject([
    { severity: 'warning', text: expect.stringMatching(/^The current state of pbx-east .* isn't known\. Check that/) },
  ]);
  expect((await ask('statistics', { fromalert: 'true' })).error).toMatch(/no Grafana server that listens to the PBX/);
}, 90_000);
