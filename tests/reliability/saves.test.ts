import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportParameters } from '../../src/export/export-request';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { storeFile } from '../support/store-file';
import { eventually } from './eventually';
import { seeLive } from './seen-live';
import { startFeeder, type Feeder } from './start-feeder';
import { storedRecords } from './stored-records';
import { watchHandles } from './watch-handles';

/** RELIABILITY_SAVES=200 is the long form. */
const saves = Number(process.env.RELIABILITY_SAVES ?? 10);
/** Share of the saves during which the process is killed. */
const killed = 1 / 3;
/** What takes longer hangs. Milliseconds. */
const patienceMs = 60_000;
const hour = 3_600_000;

let folder: string;
let feeder: Feeder;
let plugin: HostedPlugin | null;
let dataSource: DataSource;
let isOver: boolean;
let hung: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  feeder = await startFeeder({ callsPerSecond: 100, othersPerSecond: 500, resend: 500 });
  dataSource = settings(0);
  [plugin, isOver, hung] = [null, false, []];
});
afterEach(async () => {
  isOver = true;
  await plugin?.kill();
  await feeder.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As an Admin saves them the nth time: what changes is of no matter, or has history derived again, or amiws connected again. */
function settings(n: number): DataSource {
  const jsonData = {
    amiwsUrl: `${feeder.url}/${Math.floor(n / 3) % 2}`,
    serviceLevelThreshold: 20 + n,
    directionRules: [{ field: 'destination', pattern: `^${Math.floor(n / 2) % 2}`, direction: 'inbound' }],
  };
  return { uid: 'cdr', name: 'CDR', jsonData, updated: n + 1 };
}

/** Waits for something to end, well or not, and remembers that it does not. */
async function ends(what: string, task: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const late = sleep(patienceMs, 'late', { signal: timer.signal }).catch(() => 'in time');
  const ended = task.then(
    () => 'ended',
    () => 'failed'
  );
  if ((await Promise.race([ended, late])) === 'late') {
    hung.push(what);
  }
  timer.abort();
}

/** Does something again and again with whichever process runs. */
async function again(what: string, task: (client: HostedPlugin['client']) => Promise<unknown>): Promise<void> {
  while (!isOver) {
    await (plugin ? ends(what, task(plugin.client)) : sleep(20));
    await sleep(20);
  }
}

function ask(client: HostedPlugin['client']): Promise<unknown> {
  const range = { from: Date.now() - hour, to: Date.now() + hour, intervalMs: 60_000, maxDataPoints: 100 };
  const queries = [
    { queryType: 'statistics', metrics: ['totalCalls', 'averageWaitTime'], groupBy: ['queue', 'agent'] },
    { queryType: 'records', sortBy: 'source', limit: 100 },
  ];
  return client.queryData(
    dataSource,
    queries.map((json, index) => ({ refId: String(index), queryType: '', json, ...range }))
  );
}

async function download(client: HostedPlugin['client']): Promise<void> {
  const selection = { query: { queryType: 'records' as const }, from: Date.now() - hour, to: Date.now() + hour };
  const layout = { format: 'csv' as const, fields: [], dateFormat: 'iso' as const, timeZone: 'pbx', header: true };
  const pieces = client.streamResource(dataSource, { url: `export?${exportParameters(selection, layout, 'saves')}` });
  let left = Math.random() < 0.5 ? Infinity : 2;
  while (left-- > 0 && !(await pieces.next()).done) {
    await sleep(1);
  }
  await pieces.return(undefined);
}

/** As Grafana does, which subscribes again when a channel ends with an error. */
function watch(client: HostedPlugin['client'], seen: Set<string>): Promise<void> {
  return new Promise((resolve) => {
    const live = seeLive(client, dataSource, seen);
    live.add(resolve);
    // A process that is gone tells nobody.
    const timer = setInterval(() => {
      if (isOver || plugin?.client !== client) {
        live.unsubscribe();
      }
    }, 50);
    live.add(() => clearInterval(timer));
  });
}

test(
  `${saves} saves of settings among 100 calls a second, questions, exports and live panels, with kills at random, lose nothing that was shown, double nothing, hang nowhere and open the file once`,
  async () => {
    const seen = new Set<string>();
    const file = storeFile(folder);
    const handles = watchHandles(file);
    let kills = 0;
    const start = async (): Promise<void> => {
      plugin = await startPlugin({ dataPath: folder });
      handles.of(plugin.pid);
    };
    const kill = async (): Promise<void> => {
      const running = plugin!;
      plugin = null;
      kills++;
      await running.kill();
      await start();
    };
    await start();
    const busy = [
      again('a question', ask),
      again('a question', ask),
      again('an export', download),
      (async () => {
        while (!isOver) {
          await (plugin ? watch(plugin.client, seen) : sleep(20));
          await sleep(20);
        }
      })(),
    ];
    for (let save = 1; save <= saves; save++) {
      dataSource = settings(save);
      const saved = ends(`save ${save}`, plugin!.client.checkHealth(dataSource));
      if (Math.random() < killed) {
        await sleep(Math.random() * 1_500);
        await kill();
      }
      await saved;
      await sleep(Math.random() * 500);
    }
    const health = await eventually(
      () => plugin!.client.checkHealth(dataSource),
      ({ status }) => status === 'ok'
    );
    expect(health).toMatchObject({ status: 'ok' });
    await sleep(1_000);
    isOver = true;
    await Promise.all(busy);
    await ends('the end', plugin!.stop());
    plugin = null;
    const { records } = await feeder.report();
    const stored = await storedRecords(file);
    const lost = [...seen].filter((record) => !stored.has(record));
    const doubled = [...stored].filter(([, times]) => times !== 1);
    console.log(
      `${saves} saves, ${kills} kills: ${records} records sent, ${seen.size} shown, ${stored.size} stored; ` +
        `${lost.length} shown and lost, ${doubled.length} stored twice, ${hung.length} hung, file open ${handles.most()} times at most`
    );
    expect({ lost, doubled, hung, open: handles.most() }).toEqual({ lost: [], doubled: [], hung: [], open: 1 });
    expect(seen.size).toBeGreaterThan(saves);
  },
  120_000 + saves * 20_000
);
