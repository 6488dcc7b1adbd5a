import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame, frameText } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';

/** Starting the plugin twice takes its time on a busy machine. */
jest.setTimeout(60_000);

const day = 86_400_000;
let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let dataSource: DataSource;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
});
afterEach(async () => {
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(json: object): Promise<Array<Record<string, unknown>>> {
  const range = { from: Date.now() - 10 * day, to: Date.now() + 10 * day, intervalMs: 60_000, maxDataPoints: 100 };
  const answers = await plugin.client.queryData(dataSource, [{ refId: 'A', queryType: '', json, ...range }]);
  const { frames, error } = answers.get('A')!;
  expect(error).toBeUndefined();
  return rowsOf(frames[0]!);
}

async function rowsOnce(json: object, isThere: (rows: Array<Record<string, unknown>>) => boolean) {
  for (let attempt = 0; ; attempt++) {
    const rows = await ask(json);
    if (isThere(rows) || attempt === 100) {
      return rows;
    }
    await sleep(50);
  }
}

describe.each([
  ['5 days ahead', 5],
  ['5 days behind', -5],
])('a PBX whose clock is %s', (_, days) => {
  const offset = days * day;
  /** Seconds by the clock of the PBX. */
  const pbxNow = (): number => (Date.now() + offset) / 1000;
  const wall = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

  it.each([
    ['whose events carry its time', true, 'after the clock was measured'],
    ['whose events carry no time', false, 'before the clock is measured'],
  ])('%s (Timestamp: %s) loses no event of a call in which the plugin restarts, %s', async (__, isStamped, when) => {
    amiws = await startFakeAmiws(['pbx'], { clockOffsetMs: offset });
    plugin = await startPlugin({ dataPath: folder });
    dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
    await plugin.client.checkHealth(dataSource);
    const start = pbxNow();
    const id = `${Math.floor(start)}.7`;
    const caller = { Channel: 'PJSIP/trunk-1', Uniqueid: id, Linkedid: id, Queue: 'support', CallerIDNum: '5551234' };
    const member = { Interface: 'PJSIP/1001', DestChannel: 'PJSIP/1001-2', DestUniqueid: `${Math.floor(start)}.8` };
    const send = (Event: string, fields: Record<string, string>): void =>
      amiws.send(
        frameText(1, 'pbx', 3, { Event, ...(isStamped ? { Timestamp: pbxNow().toFixed(6) } : {}), ...fields })
      );
    send('QueueCallerJoin', { ...caller, Position: '1' });
    send('AgentCalled', { ...caller, ...member });
    await sleep(2000);
    const answer = pbxNow();
    send('AgentConnect', { ...caller, ...member, HoldTime: '2', RingTime: '2' });
    await rowsOnce({ queryType: 'calls' }, ([call]) => call?.agent === '1001');

    await plugin.stop();
    plugin = await startPlugin({ dataPath: folder });
    let talk = 0;
    const end = (): void => {
      talk = Math.round(pbxNow() - answer);
      send('AgentComplete', { ...caller, ...member, HoldTime: '2', TalkTime: String(talk), Reason: 'caller' });
      send('Hangup', { Channel: caller.Channel, Uniqueid: id, Linkedid: id, ChannelState: '6' });
    };
    if (when.startsWith('before')) {
      const connected = amiws.connected().then(end);
      await plugin.client.checkHealth(dataSource);
      await connected;
    } else {
      await plugin.client.checkHealth(dataSource);
      end();
    }
    amiws.send(
      cdrFrame(
        {
          ...{ UniqueID: id, LinkedID: id, StartTime: wall(start), AnswerTime: wall(answer) },
          ...{ EndTime: wall(answer + talk), Duration: String(talk + 2), BillableSeconds: String(talk) },
          ...{ LastApplication: 'Queue', LastData: 'support,,,' },
          ...{ Channel: caller.Channel, DestinationChannel: member.DestChannel },
        },
        'pbx'
      )
    );
    const [call, ...others] = await rowsOnce({ queryType: 'calls' }, ([found]) => found?.records === 1);
    expect(others).toEqual([]);
    expect(call).toMatchObject({ outcome: 'answered', queue: 'support', agent: '1001', waitTime: 2, records: 1 });
    expect(Math.abs(Number(call!.talkTime) - talk)).toBeLessThanOrEqual(1);
    expect(
      await ask({
        queryType: 'statistics',
        metrics: ['callsOffered', 'callsAnswered', 'averageSpeedOfAnswer', 'averageQueueTalkTime'],
        groupBy: ['queue'],
      })
    ).toMatchObject([
      { queue: 'support', callsOffered: 1, callsAnswered: 1, averageSpeedOfAnswer: 2, averageQueueTalkTime: talk },
    ]);
  });
});
