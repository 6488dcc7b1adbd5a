import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
/** What takes longer hangs, on a machine that others keep busy too. Milliseconds. */
const patienceMs = 120_000;
const hour = 3_600_000;
/** Rows of history that are imported meanwhile. */
const imported = 20_000;

let folder: string;
let csvFolder: string;
let feeder: Feeder;
let plugin: HostedPlugin | null;
/** Settles when the process that runs is killed: what was asked of it may never be answered. */
let gone: Promise<void>;
let dataSource: DataSource;
let isOver: boolean;
let hung: string[];
/** The longest of all that was waited for, milliseconds. */
let longest: { what: string; ms: number };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  csvFolder = path.join(folder, 'cdr-csv');
  await mkdir(csvFolder);
  await writeFile(path.join(csvFolder, 'Master.csv'), Array.from({ length: imported }, (_, n) => csvLine(n)).join(''));
  feeder = await startFeeder({ callsPerSecond: 100, othersPerSecond: 500, resend: 500 });
  dataSource = settings(0);
  [plugin, isOver, hung, longest] = [null, false, [], { what: '', ms: 0 }];
});
afterEach(async () => {
  isOver = true;
  await plugin?.kill();
  await feeder.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As cdr_csv writes it. */
function csvLine(n: number): string {
  const start = Math.floor(Date.now() / 1000) - 100 * 86_400 + n;
  const wall = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const texts = ['', '5551234', '100', 'from-trunk', '5551234', `PJSIP/trunk-${n}`, `PJSIP/1001-${n}`, 'Dial', ''];
  const times = [wall(start), wall(start + 2), wall(start + 10)];
  return [...texts, ...times, '10', '8', 'ANSWERED', 'DOCUMENTATION', `${start}.${n}`, ''].join(',') + '\n';
}

async function resource(client: HostedPlugin['client'], url: string, method: string, body = ''): Promise<unknown> {
  const answer = await client.callResource(dataSource, { url, method, body: Buffer.from(body) });
  return JSON.parse(answer.body.toString());
}

/** As an Admin saves them the nth time: what changes is of no matter, or has history derived again, or amiws connected again. */
function settings(n: number): DataSource {
  const jsonData = {
    timeZone: 'UTC',
    imports: [{ server: 'pbx-old', type: 'csv', path: 'Master.csv' }],
    amiwsUrl: `${feeder.url}/${Math.floor(n / 3) % 2}`,
    serviceLevelThreshold: 20 + n,
    directionRules: [{ field: 'destination', pattern: `^${Math.floor(n / 2) % 2}`, direction: 'inbound' }],
  };
  return { uid: 'cdr', name: 'CDR', jsonData, updated: n + 1 };
}

/** Waits for something to end, well or not, and remembers that it does not. */
async function ends(what: string, task: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  const begun = performance.now();
  const late = sleep(patienceMs, 'late', { signal: timer.signal }).catch(() => 'in time');
  const ended = task.then(
    () => 'ended',
    () => 'failed'
  );
  if ((await Promise.race([ended, gone, late])) === 'late') {
    hung.push(what);
  }
  timer.abort();
  const ms = Math.round(performance.now() - begun);
  longest = ms > longest.ms ? { what, ms } : longest;
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
  `${saves} saves of settings among 100 calls a second, questions, exports, an import and live panels, with kills at random, lose nothing that was shown, double nothing, hang nowhere and open the file once`,
  async () => {
    const seen = new Set<string>();
    const file = storeFile(folder);
    const handles = watchHandles(file);
    let kills = 0;
    let end = (): void => undefined;
    const start = async (): Promise<void> => {
      plugin = await startPlugin({ dataPath: folder, csvFolder });
      gone = new Promise((resolve) => (end = resolve));
      handles.of(plugin.pid);
    };
    const kill = async (): Promise<void> => {
      const running = plugin!;
      plugin = null;
      kills++;
      await running.kill();
      end();
      await start();
    };
    await start();
    await resource(plugin!.client, 'import', 'POST', JSON.stringify({ import: 0 }));
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
    const importing = await eventually(
      async () => ((await resource(plugin!.client, 'status', 'GET')) as { imports: unknown[] }).imports[0],
      (progress) => (progress as { state?: string } | null)?.state === 'done',
      (2 * patienceMs) / 1000
    );
    expect(importing).toMatchObject({ state: 'done' });
    await sleep(1_000);
    isOver = true;
    await Promise.all(busy);
    await ends('the end', plugin!.stop());
    plugin = null;
    const { records } = await feeder.report();
    const stored = await storedRecords(file);
    const lost = [...seen].filter((record) => !stored.has(record));
    const ofHistory = [...stored.keys()].filter((record) => record.startsWith('pbx-old ')).length;
    const doubled = [...stored].filter(([, times]) => times !== 1);
    console.log(
      `${saves} saves, ${kills} kills: ${records} records sent, ${seen.size} shown, ${stored.size} stored, ${ofHistory} of them imported; ` +
        `${lost.length} shown and lost, ${doubled.length} stored twice, ${hung.length} hung, the slowest ${longest.what} with ${longest.ms} ms, file open ${handles.most()} times at most`
    );
    expect({ lost, doubled, hung, ofHistory, open: handles.most() }).toEqual({
      lost: [],
      doubled: [],
      hung: [],
      ofHistory: imported,
      open: 1,
    });
    expect(seen.size).toBeGreaterThan(saves);
  },
  120_000 + saves * 20_000
);
