import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { connectAmi, type AmiConnection } from '../../tools/bridge/ami-connection';
import { startBridge, type Bridge } from '../../tools/bridge/start-bridge';
import { startAsterisk, type Asterisk } from './asterisk';
import { queueParams, runningAverage, type QueueParams } from './queue-status';
import { expected, phones, takeCalls } from './script';
import { startPhone } from './sipp';

const pbx = { name: 'pbx', host: '127.0.0.1', port: 15_038 };
const hour = 3_600_000;

let folder: string;
let asterisk: Asterisk;
let bridge: Bridge;
let plugin: HostedPlugin;
let truth: Map<string, QueueParams>;
const dataSource: DataSource = { uid: 'pbx', name: 'PBX', jsonData: {}, updated: 1 };

async function ask(json: object) {
  const range = { from: Date.now() - hour, to: Date.now() + hour, intervalMs: 60_000, maxDataPoints: 100 };
  const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
  const { frames, error } = answers.get('A')!;
  expect(error).toBeUndefined();
  return rowsOf(frames[0]!) as Array<Record<string, string | number | null>>;
}

async function askQueues(metrics: string[], more: object = {}) {
  const rows = await ask({ queryType: 'statistics', metrics, groupBy: ['queue'], ...more });
  return new Map(rows.map((row) => [String(row.queue), row]));
}

/** Channel of a phone that is up now. */
async function channelOf(endpoint: string): Promise<string> {
  const lines = (await asterisk.command('core show channels concise')).split('\n');
  const channel = lines.map((line) => line.split('!')[0]!).find((name) => name.startsWith(`${endpoint}-`));
  if (!channel) {
    throw new Error(`${endpoint} has no channel now; there are:\n${lines.join('\n')}`);
  }
  return channel;
}

async function askTruth(): Promise<Map<string, QueueParams>> {
  const found = new Map<string, QueueParams>();
  const ami = await connectAmi({ ...pbx, user: 'amiws', secret: 'amiws' }, (message) => {
    const params = queueParams(message);
    if (params) {
      found.set(params.queue, params);
    }
  });
  ami.send({ Action: 'QueueStatus' });
  await sleep(2000);
  ami.close();
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pbx-'));
  asterisk = await startAsterisk();
  const ringing = phones.map(({ port, behaviour }) => startPhone(port, behaviour));
  bridge = await startBridge({ servers: [{ ...pbx, user: 'amiws', secret: 'amiws' }] });
  dataSource.jsonData = { amiwsUrl: bridge.url };
  plugin = await startPlugin({ dataPath: folder });
  await plugin.client.checkHealth(dataSource);
  const script: AmiConnection = await connectAmi({ ...pbx, user: 'script', secret: 'script' }, () => undefined);
  await takeCalls(script, channelOf);
  await sleep(3000);
  script.close();
  truth = await askTruth();
  ringing.forEach((phone) => phone.kill('SIGKILL'));
  if (process.env.PBX_REPORT) {
    writeFileSync(
      process.env.PBX_REPORT,
      JSON.stringify(
        {
          truth: [...truth.values()],
          calls: await ask({ queryType: 'calls' }),
          records: await ask({ queryType: 'records' }),
        },
        null,
        1
      )
    );
  }
}, 900_000);

afterAll(async () => {
  await plugin?.stop();
  bridge?.close();
  await asterisk?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('after a scripted hour on a real Asterisk', () => {
  it('every queue was offered, answered and abandoned what `queue show` says', async () => {
    const ours = await askQueues(['callsOffered', 'callsAnswered', 'callsAbandoned']);
    const counted = [...truth.values()].map(({ queue, completed, abandoned }) => ({
      queue,
      callsOffered: completed + abandoned,
      callsAnswered: completed,
      callsAbandoned: abandoned,
    }));
    expect(counted.length).toBe(6);
    expect(counted.map(({ queue }) => ours.get(queue))).toEqual(counted);
  });

  it('service levels are Asterisk’s own', async () => {
    const level = (serviceLevelDefinition: string) =>
      askQueues(['serviceLevelPct'], { serviceLevelDefinition, serviceLevelThreshold: 3 });
    const [first, second] = [await level('asterisk'), await level('asterisk2')];
    for (const { queue, serviceLevel, serviceLevel2 } of truth.values()) {
      expect(Number(first.get(queue)?.serviceLevelPct ?? 0)).toBeCloseTo(serviceLevel, 0);
      expect(Number(second.get(queue)?.serviceLevelPct ?? 0)).toBeCloseTo(serviceLevel2, 0);
    }
  });

  it('hold and talk times are Asterisk’s, within a second', async () => {
    for (const { queue, holdTime, talkTime } of truth.values()) {
      const visits = await ask({
        queryType: 'calls',
        filters: { queue, outcome: 'answered' },
        sortOrder: 'asc',
      });
      const [row] = (
        await askQueues(['averageSpeedOfAnswer', 'averageQueueTalkTime'], { filters: { queue } })
      ).values();
      if (visits.length === 1) {
        expect(Math.abs(Number(row?.averageSpeedOfAnswer ?? 0) - holdTime)).toBeLessThanOrEqual(1);
        expect(Math.abs(Number(row?.averageQueueTalkTime ?? 0) - talkTime)).toBeLessThanOrEqual(1);
      } else {
        const talks = visits.map((visit) => Number(visit.talkTime));
        expect(Math.abs(runningAverage(talks) - talkTime)).toBeLessThanOrEqual(1);
      }
    }
  });

  it.each(expected.map((call) => [call.what, call] as const))('one call reads so that was: %s', async (_, call) => {
    const filters = call.source
      ? { source: call.source }
      : { destination: call.destination, direction: call.direction };
    const found = await ask({ queryType: 'calls', filters });
    expect(found).toHaveLength(1);
    const [agent, queue] = [call.agents[0] ?? '', call.queues.at(-1) ?? ''];
    expect(found[0]).toMatchObject({ outcome: call.outcome, direction: call.direction, agent, queue });
  });

  it('calls, answered and missed are what the script did', async () => {
    const [totals] = await ask({
      queryType: 'statistics',
      metrics: [
        'totalCalls',
        'answeredCalls',
        'abandonedCalls',
        'missedCalls',
        'busyCalls',
        'failedCalls',
        'selfServedCalls',
      ],
    });
    const count = (...outcomes: string[]) => expected.filter(({ outcome }) => outcomes.includes(outcome)).length;
    expect(totals).toEqual({
      totalCalls: expected.length,
      answeredCalls: count('answered'),
      abandonedCalls: count('abandoned'),
      missedCalls: count('missed'),
      busyCalls: count('busy'),
      failedCalls: count('failed', 'congestion'),
      selfServedCalls: count('self-served'),
    });
  });

  it('nobody waits any more, and each queue has its member', async () => {
    const board = await ask({ queryType: 'queueStatus' });
    expect(board.map(({ queue, callersWaiting }) => [queue, callersWaiting])).toEqual(
      ['freepbx', 'hunt', 'overflow', 'sales', 'silent', 'support'].map((queue) => [queue, 0])
    );
    expect(board.find(({ queue }) => queue === 'hunt')).toMatchObject({ agentsFree: 2, agentsBusy: 0 });
  });

  it('agents handled and missed what they did', async () => {
    const rows = await ask({ queryType: 'statistics', metrics: ['callsHandled', 'ringNoAnswer'], groupBy: ['agent'] });
    const handled = Object.fromEntries(rows.map(({ agent, callsHandled }) => [agent, callsHandled]));
    expect(handled).toMatchObject({ '1001': 3, '1003': 2, '1004': 1 });
    const missed = Object.fromEntries(rows.map(({ agent, ringNoAnswer }) => [agent, ringNoAnswer]));
    expect(Number(missed['1005'])).toBeGreaterThanOrEqual(1);
  });
});
