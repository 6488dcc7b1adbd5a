import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAmi, type AmiConnection, type AmiServer } from '../../tools/bridge/ami-connection';
import { startBridge, type Bridge } from '../../tools/bridge/start-bridge';
import type { ValueMappings } from '../../src/answers/value-mappings';
import type { Dimension } from '../../src/cdr/dimensions';
import type { Frame } from '../../src/plugin-protocol/frame';
import { setupStep } from '../../src/setup/setup-lines';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { startAsterisk, type Asterisk } from './asterisk';
import { Channels } from './channels';
import { startCdrTable, type CdrTable } from './cdr-table';
import { Ends } from './ends';
import { FrameTap } from './frame-tap';
import { openHistory, type History } from './history';
import type { Installation } from './installation';
import { watchMoments, type SeenMoment } from './moments';
import { mostWaiting } from './most-waiting';
import { callersWhoGaveUp, readPauses, readQueueLog, type QueueLogCounts } from './queue-log';
import { askQueues, type QueuesAsked } from './queue-status';
import { inbound, type Scenario } from './scenario';
import { localChannels } from './scenarios/local-channels';
import { manyPhones } from './scenarios/many-phones';
import { callsOfNobody, tenUnanswered } from './scenarios/nobody-answers';
import { oddWays } from './scenarios/odd-ways';
import { amiwsAway, callsDuringOutages, startAgainInMidCall } from './scenarios/outages';
import { plainCalls } from './scenarios/plain-calls';
import { transfers } from './scenarios/transfers';
import { startSipp, type Sipp } from './sipp';

export type Row = Record<string, unknown>;
/** Rows of a query, asked over all calls of the hour. */
export type Ask = (query: object) => Promise<Row[]>;

/** What Asterisk says of the hour, and who is asked about it. */
export interface ScriptedHour {
  /** AMI QueueStatus and QueueSummary before the restart. */
  asked: QueuesAsked;
  /** The product's queues at this moment, before the restart. */
  queuesBefore: Row[];
  /** Its agents, and when that was, epoch milliseconds. */
  agentsBefore: Row[];
  agentsAskedAt: number;
  /** Both, as a login of its own to the AMI hears them. */
  nowByAmi: { queues: Row[]; agents: Row[] };
  /** Moments of the hour in which nothing changed, as Asterisk and the product tell them. */
  moments: SeenMoment[];
  queueLog: Map<string, QueueLogCounts>;
  /** The most callers that each queue had at once, by Asterisk's own count. */
  mostWaiting: Map<string, number>;
  /** Numbers of those who gave up in queues while amiws was there. */
  gaveUp: string[];
  /** PAUSE lines of queue_log. */
  pauses: ReturnType<typeof readPauses>;
  /** What amiws sent while ten calls in a row ended without a record. */
  framesOfNobody: string;
  /** What the product's answer about all queues says besides. */
  notices: string[];
  /** What it shows in place of the values of a field, where it knows names. */
  namesOf: (field: Dimension) => Promise<Record<string, string>>;
  /** From when on each day is in hours, epoch milliseconds. */
  openFrom: number;
  /** The product that heard it through amiws. */
  live: Ask;
  /** The same by a login of its own to the AMI, which lasts while amiws is away. */
  ami: Ask;
  /** The same calls, imported from Master.csv. */
  csv: Ask;
  /** What queue_log says of them, imported alone. */
  log: Ask;
  /** Both. */
  logAndCsv: Ask;
  /** The same calls, imported from a CDR table of a MariaDB. */
  table: Ask;
  stop: () => Promise<void>;
}

const scenarios: readonly Scenario[] = [...plainCalls, ...localChannels, ...manyPhones, ...transfers, ...oddWays];

const withoutRecord = inbound('gave up while no phone rang, without a record', '5550242', 'abandoned', '', 'nobody', {
  unknownTo: 'history',
});

export const expectedCalls = [
  ...scenarios.flatMap(({ calls }) => calls),
  withoutRecord,
  ...callsOfNobody,
  ...callsDuringOutages,
];

/** An agent may be in several teams. */
export const teamsOf = [
  { id: '1001', teams: ['Front desk'] },
  { id: '1003', teams: ['Front desk', 'Overflow'] },
  { id: '1004', teams: ['Overflow'] },
] as const;

const hour = 3_600_000;

/** Takes all calls at one Asterisk, with the built plugin listening. */
export async function takeHour(installation: Installation): Promise<ScriptedHour> {
  const ends = new Ends();
  try {
    return { ...(await play(installation, ends)), stop: () => ends.stop() };
  } catch (error) {
    await ends.stop();
    throw error;
  }
}

async function play(installation: Installation, ends: Ends): Promise<Omit<ScriptedHour, 'stop'>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pbx-'));
  ends.add(() => rm(folder, { recursive: true, force: true }));
  const sipp = startSipp(installation);
  ends.add(() => sipp.stop());
  await Promise.race([sipp.phonesFail, sipp.phonesListen]);
  const table = await startCdrTable();
  ends.add(() => table.stop());
  return Promise.race([sipp.phonesFail, playWith(installation, sipp, table, folder, ends)]);
}

async function playWith(
  installation: Installation,
  sipp: Sipp,
  table: CdrTable,
  folder: string,
  ends: Ends
): Promise<Omit<ScriptedHour, 'stop'>> {
  const asterisk = await startAsterisk(installation);
  ends.add(() => asterisk.stop());
  const version = await asterisk.command('core show version');
  if (!version.startsWith(installation.version)) {
    throw new Error(`Debian's ${installation.suite} has ${version.trim()}; expected ${installation.version}x.`);
  }
  const pbx = { name: 'pbx', host: '127.0.0.1', port: installation.ami };
  asterisk.configure('manager.conf', (text) => `${text}\n${setupStep('ami', 'asterisk').blocks[0]!.lines}\n`);
  await asterisk.command('manager reload');
  const listening = await startListening({ ...pbx, user: 'amiws', secret: 'amiws' }, folder, ends);
  const channels = new Channels();
  const connectScript = (): Promise<AmiConnection> =>
    connectAmi({ ...pbx, user: 'script', secret: 'script' }, (message) => channels.hear(message));
  let script = await connectScript();
  ends.add(() => script.close());
  const hands = { channels, call: sipp.call, send: (action: Record<string, string>) => script.send(action) };

  const moments = watchMoments(asterisk, { ...pbx, user: 'script', secret: 'script' }, listening.ask);
  ends.add(() => moments.stop());
  await Promise.all(
    scenarios.map(({ take, calls }) =>
      take(hands).catch((cause: Error) => {
        throw new Error(`${calls[0]!.what}: ${cause.message}`, { cause });
      })
    )
  );
  await moments.stop();
  const ofNobody = await withoutUnanswered(asterisk, async () => {
    await hands.call({ from: '5550242', exten: '276', patience: 3 });
    return tenUnanswered(hands);
  });
  await amiwsAway(hands, listening);
  await sleep(3000);
  const asked = await askQueues({ ...pbx, user: 'script', secret: 'script' });
  const queuesBefore = await listening.ask({ queryType: 'queueStatus' });
  const agentsAskedAt = Date.now();
  const agentsBefore = await listening.ask({ queryType: 'agentStatus' });
  const nowByAmi = {
    queues: await listening.askAmi({ queryType: 'queueStatus' }),
    agents: await listening.askAmi({ queryType: 'agentStatus' }),
  };
  const afterwards = async (startAgain: () => Promise<void>): Promise<void> => {
    await startAgain();
    channels.forget();
    script = await connectScript();
    // The bridge tries again every second.
    await sleep(3000);
    await listening.heard();
  };
  await startAgainInMidCall(hands, {
    callers: ['5550261', '5550262', '5550263'],
    startAgain: () => afterwards(asterisk.restart),
  });
  await startAgainInMidCall(hands, {
    callers: ['5550271', '5550272', '5550273'],
    startAgain: () => afterwards(asterisk.crash),
  });
  await sleep(3000);
  const written = {
    'frames.jsonl': listening.tap.text(),
    'Master.csv': asterisk.log('cdr-csv/Master.csv'),
    'table.csv': asterisk.log('cdr-custom/table.csv'),
    queue_log: asterisk.log('queue_log'),
  };
  keep(written, installation);
  writeFileSync(path.join(folder, 'Master.csv'), written['Master.csv']);
  writeFileSync(path.join(folder, 'queue_log'), written.queue_log);
  const [masterCsv, queueLog] = [
    { type: 'csv', path: 'Master.csv' },
    { kind: 'queue_log', type: 'csv', path: 'queue_log' },
  ] as const;
  const csv = await openHistory([masterCsv], { csvFolder: folder });
  const log = await tenMinutesLater(() => openHistory([queueLog], { csvFolder: folder }));
  const logAndCsv = await tenMinutesLater(() => openHistory([masterCsv, queueLog], { csvFolder: folder }));
  ends.add(log.close);
  ends.add(logAndCsv.close);
  const imported: History = await table.imported(written['table.csv']);
  ends.add(csv.close);
  ends.add(imported.close);
  return {
    asked,
    queuesBefore,
    mostWaiting: mostWaiting(written['frames.jsonl']),
    agentsBefore,
    agentsAskedAt,
    nowByAmi,
    moments: moments.seen,
    framesOfNobody: listening.tap.text(ofNobody),
    queueLog: readQueueLog(written.queue_log),
    gaveUp: callersWhoGaveUp(written.queue_log, ['unheard']),
    pauses: readPauses(written.queue_log),
    notices: await listening.notices(),
    namesOf: listening.namesOf,
    openFrom: listening.openFrom,
    live: listening.ask,
    ami: listening.askAmi,
    csv: csv.ask,
    log: log.ask,
    logAndCsv: logAndCsv.ask,
    table: imported.ask,
  };
}

/** A queue_log is read of what was written ten minutes ago. */
async function tenMinutesLater<T>(task: () => Promise<T>): Promise<T> {
  const { now } = Date;
  Date.now = () => now() + 10 * 60_000;
  try {
    return await task();
  } finally {
    Date.now = now;
  }
}

/** The built plugin on the wire of amiws. */
async function startListening(pbx: AmiServer, folder: string, ends: Ends) {
  let bridge: Bridge = await startBridge({ servers: [pbx] });
  ends.add(() => bridge.close());
  const port = Number(new URL(bridge.url).port);
  const tap = new FrameTap();
  ends.add(() => tap.close());
  await tap.listen(bridge.url);
  const plugin: HostedPlugin = await startPlugin({ dataPath: folder });
  ends.add(() => plugin.stop());
  const openFrom = Math.ceil((Date.now() + 30_000) / 60_000) * 60_000;
  const figures = { directory: teamsOf, businessHours: [hoursFrom(openFrom)] };
  const dataSource: DataSource = {
    ...{ uid: 'pbx', name: 'PBX', updated: 1 },
    jsonData: { ...figures, amiwsUrl: bridge.url },
  };
  const { name: server, host, port: amiPort } = pbx;
  const ownLogin: DataSource = {
    ...{ uid: 'ami', name: 'AMI', updated: 1, secureJsonData: { pbxSecret0: 'CHANGE-ME' } },
    jsonData: { ...figures, connection: 'ami', pbxes: [{ server, host, port: amiPort, user: 'grafana' }] },
  };
  const heard = async (): Promise<void> => {
    for (const one of [dataSource, ownLogin]) {
      while ((await plugin.client.checkHealth(one)).status !== 'ok') {
        await sleep(500);
      }
    }
  };
  await heard();
  const frameOf = async (json: object, of = dataSource): Promise<Frame> => {
    const range = { from: Date.now() - hour, to: Date.now() + hour, intervalMs: 60_000, maxDataPoints: 100 };
    const answers = await plugin.client.queryData(of, [{ refId: 'A', queryType: '', json, ...range }]);
    const { frames, error } = answers.get('A')!;
    if (error) {
      throw new Error(error.message);
    }
    return frames[0]!;
  };
  return {
    tap,
    heard,
    leave: () => bridge.close(),
    comeBack: async () => {
      bridge = await startBridge({ servers: [pbx], port });
      await tap.listen(bridge.url);
      await heard();
    },
    ask: async (json: object): Promise<Row[]> => rowsOf(await frameOf(json)),
    askAmi: async (json: object): Promise<Row[]> => rowsOf(await frameOf(json, ownLogin)),
    openFrom,
    namesOf: async (field: Dimension) => {
      const frame = await frameOf({
        queryType: 'statistics',
        metrics: ['totalCalls', 'callsHandled'],
        groupBy: [field],
      });
      const { mappings = [] } = frame.fields.find(({ name }) => name === field)!.config as { mappings?: ValueMappings };
      return Object.fromEntries(
        mappings.flatMap(({ options }) => Object.entries(options).map(([value, { text }]) => [value, text]))
      );
    },
    notices: async () => {
      const { meta } = await frameOf({ queryType: 'statistics', metrics: ['callsOffered'], groupBy: ['queue'] });
      return (meta?.notices ?? []).map(({ text }) => text);
    },
  };
}

/** Weekly hours from a moment of each day on to the end of the day, in UTC. */
function hoursFrom(time: number): string {
  return `Mon-Sun ${new Date(time).toISOString().slice(11, 16)}-24:00`;
}

/** Asterisk's default: calls that nobody answered and that rang no phone leave no record. */
async function withoutUnanswered<T>(asterisk: Asterisk, take: () => Promise<T>): Promise<T> {
  asterisk.configure('cdr.conf', (text) => text.replace('unanswered = yes', 'unanswered = no'));
  await asterisk.command('module reload cdr');
  const taken = await take();
  asterisk.configure('cdr.conf', (text) => text.replace('unanswered = no', 'unanswered = yes'));
  await asterisk.command('module reload cdr');
  return taken;
}

/** With PBX_REPORT, a folder, what was heard and written stays there. */
function keep(written: Readonly<Record<string, string>>, { suite }: Installation): void {
  if (process.env.PBX_REPORT) {
    const folder = path.join(process.env.PBX_REPORT, suite);
    mkdirSync(folder, { recursive: true });
    Object.entries(written).forEach(([file, text]) => writeFileSync(path.join(folder, file), text));
  }
}
