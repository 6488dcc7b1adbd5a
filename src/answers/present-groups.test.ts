import { noSums, sumsOf, type Sums } from '../cdr/fact-rows';
import { metrics, type MetricId } from '../cdr/metrics';
import type { GroupSums } from '../cdr/sum-facts';
import { english } from '../sentences/english';
import { presentGroups } from './present-groups';
import { presenceNotices } from './presence-notice';

const group = (agent: string, adds: Partial<Sums>, bucket: number | null = null): GroupSums => ({
  ...{ bucket, group: [agent], distributions: {}, traffic: {} },
  sums: sumsOf(adds),
});
const present = { stretches: 1, loggedInSeconds: 1000, firstSeen: 5, lastSeen: 1_000_005 };
const figure = (id: MetricId, one: GroupSums) => metrics[id].value(one, 'offered', noSums);

describe('figures of agents’ presence', () => {
  it('take the talk of those who were logged in, and of no other extension', async () => {
    const { groups } = await presentGroups([
      group('1001', { ...present, handled: 1, handleSeconds: 300, queueTalkSeconds: 300, madeTalkSeconds: 100 }),
      group('1002', { ...present, pausedSeconds: 200 }),
      group('1099', { handled: 9, handleSeconds: 9000, madeTalkSeconds: 500 }),
    ]);
    expect(groups).toHaveLength(1);
    const ids = ['loggedInTime', 'pausedTime', 'idleTime', 'occupancy', 'totalHandleTime'] as const;
    expect(ids.map((id) => figure(id, groups[0]!))).toEqual([2000, 200, 1400, 20, 9300]);
  });

  it('count the talk of each agent for at most as long as the agent was logged in, in every bucket of time', async () => {
    const busy = { ...present, handled: 1, handleSeconds: 3000, madeTalkSeconds: 1750 };
    const inBuckets = await presentGroups([group('1001', busy, 0), group('1001', present, 3_600_000)]);
    expect(inBuckets.groups.map((one) => [figure('occupancy', one), figure('idleTime', one)])).toEqual([
      [100, 0],
      [0, 1000],
    ]);
    const { groups } = await presentGroups([group('1001', busy), group('1002', present)]);
    expect([figure('occupancy', groups[0]!), figure('idleTime', groups[0]!)]).toEqual([50, 1000]);
  });

  it('are empty where nobody was heard to be logged in, and the answer says so', async () => {
    const heard = group('1001', { ...present, handled: 1 });
    const { groups, ...unheard } = await presentGroups([heard, group('1099', { handled: 9, handleSeconds: 900 })]);
    expect(presenceNotices(unheard).map(({ text }) => english(text))).toEqual([
      expect.stringMatching(/^Log-in times of 1 of 2 agents/),
    ]);
    expect(figure('firstLogIn', groups[0]!)).toBe(5);
    const alone = await presentGroups([group('1099', { handled: 9, handleSeconds: 900 })]);
    const ids = ['loggedInTime', 'pausedTime', 'idleTime', 'occupancy', 'firstLogIn', 'lastLogOut'] as const;
    expect(ids.map((id) => figure(id, alone.groups[0]!))).toEqual(ids.map(() => null));
    expect(presenceNotices(await presentGroups([heard]))).toEqual([]);
  });

  it('are empty where an agent talked in queues for longer than logged in, in every bucket of time', async () => {
    const { groups, unheard } = await presentGroups([
      group('1001', { handled: 1, queueTalkSeconds: 5000, handleSeconds: 5000 }, 0),
      group('1001', present, 3_600_000),
    ]);
    expect(groups.map((one) => figure('loggedInTime', one))).toEqual([null, null]);
    expect(unheard).toBe(1);
    const direct = await presentGroups([group('1001', { ...present, handled: 1, handleSeconds: 5000 })]);
    expect(direct.groups.map((one) => figure('loggedInTime', one))).toEqual([1000]);
  });
});
