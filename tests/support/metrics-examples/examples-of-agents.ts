import { presentGroups } from '../../../src/answers/present-groups';
import { AgentPresence, type AgentStretch } from '../../../src/cdr/agent-presence';
import { addSums, noSums, stretchRow, type Sums } from '../../../src/cdr/fact-rows';
import { metrics, type MetricId } from '../../../src/cdr/metrics';
import { QueueBoard } from '../../../src/cdr/queue-board';
import { queuesAt } from '../../../src/cdr/queues-now';
import type { GroupSums } from '../../../src/cdr/sum-facts';
import { askCapture, askCase } from '../ask-examples';
import { defaultRules, noon } from '../cdr-builders';
import type { Example } from './example';

const hour = 3_600_000;
const midnight = noon - 13 * hour;
const stretch = (from: number, to: number, pauseReason: string | null = null): AgentStretch => ({
  ...{ server: 'pbx', agent: '1001', queues: ['support'], utcOffset: 0 },
  ...{ startTime: midnight + from * hour, endTime: midnight + to * hour },
  ...{ paused: pauseReason !== null, pauseReason: pauseReason ?? '', wrapUp: false },
});

/** Figures of one agent who was logged in for these stretches, and what his calls add. */
async function figuresOf(
  ids: MetricId[],
  stretches: AgentStretch[],
  calls: Partial<Sums>
): Promise<Array<number | null>> {
  const sums = noSums();
  [...stretches.map((one) => stretchRow(one).adds), calls].forEach((adds) => addSums(sums, adds));
  const one: GroupSums = { bucket: null, group: ['1001'], distributions: {}, traffic: {}, sums };
  const { groups } = await presentGroups([one]);
  return ids.map((id) => metrics[id].value(groups[0]!, 'offered', noSums));
}

/** Examples of agents' figures. */
export const examplesOfAgents: readonly Example[] = [
  [
    /Case `members-reject`: 1071 refused (\d+), 1072 refused (\d+), 1036 refused (\d+), and ringNoAnswer is (\d+), (\d+) and (\d+)\./,
    async () => {
      const rows = await askCase('members-reject', 'frames', {
        ...{ queryType: 'statistics', metrics: ['callsRefused', 'ringNoAnswer'], groupBy: ['agent'] },
      });
      const of = (metric: string) =>
        ['1071', '1072', '1036'].map((agent) => rows.find((row) => row.agent === agent)![metric] as number);
      return [...of('callsRefused'), ...of('ringNoAnswer')];
    },
  ],
  [
    /Capture: 1001 handled (\d+) calls for (\d+) s and made (\d+) for (\d+) s\./,
    async () => {
      const ids = ['callsHandled', 'totalHandleTime', 'callsMade', 'callsMadeTalkTime'];
      const filters = { server: ['pbx-east'], agent: ['1001'] };
      const [row] = await askCapture({ queryType: 'statistics', metrics: ids, groupBy: ['agent'], filters });
      return ids.map((id) => row![id] as number);
    },
  ],
  [
    /Example: paused from 10:00 for Lunch and from 10:10 for Meeting until 10:15: Lunch (\d+) s, Meeting (\d+) s\./,
    () => {
      const presence = new AgentPresence();
      const agent = { server: 'pbx', agent: '1001', queues: ['support'], paused: true, wrapUp: false };
      const at = (minute: number, pauseReason: string | null) =>
        presence.update(pauseReason === null ? [] : [{ ...agent, pauseReason }], noon + minute * 60_000, () => 0);
      return [...at(0, 'Lunch'), ...at(10, 'Meeting'), ...at(15, null)].map(
        (one) => stretchRow(one).adds.pausedSeconds
      );
    },
  ],
  [
    /Example: a talk ends at 12:00:00 in a queue with (\d+) s, and the agent calls out at 12:00:10: wrap-up (\d+) s\./,
    () => {
      const [board, presence] = [new QueueBoard(() => 15), new AgentPresence()];
      const heard: Array<[name: string, second: number, status: string]> = [
        ['QueueMemberAdded', -60, '2'],
        ['AgentComplete', 0, '2'],
        ['QueueMemberStatus', 0, '1'],
        ['QueueMemberStatus', 10, '2'],
      ];
      const stretches = heard.flatMap(([name, second, Status]) => {
        const at = noon + second * 1000;
        board.apply('pbx', name, { Queue: 'support', Interface: 'PJSIP/1001', Status, Paused: '0' }, at);
        return presence.update(board.agents(defaultRules.member, at), at, () => 0);
      });
      return [15, stretches.reduce((sum, one) => sum + (stretchRow(one).adds.wrapUpSeconds ?? 0), 0)];
    },
  ],
  [
    /Example: two agents with free phones,\s+one of whom ended a talk (\d+) s ago in a queue with (\d+) s of wrap-up: free (\d+), in wrap-up (\d+), and 5 s later free (\d+)\./,
    () => {
      const board = new QueueBoard(() => 15);
      const apply = (name: string, Interface: string): void =>
        void board.apply('pbx', name, { Queue: 'support', Interface, Status: '1', Paused: '0' }, noon - 10_000);
      apply('QueueMemberAdded', 'PJSIP/1001');
      apply('QueueMemberAdded', 'PJSIP/1002');
      apply('AgentComplete', 'PJSIP/1001');
      const [now, later] = [noon, noon + 5000].map((at) => queuesAt(board.standing, at)[0]!);
      return [10, 15, now!.agentsFree, now!.agentsInWrapUp, later!.agentsFree];
    },
  ],
  [
    /Example: logged in for (\d+) s, paused for (\d+) s, two calls handled of 300 s each, one made of 120 s: idle (\d+) s, occupancy (\d+) %\./,
    () =>
      figuresOf(
        ['loggedInTime', 'pausedTime', 'idleTime', 'occupancy'],
        [stretch(8, 8 + 50 / 60), stretch(8 + 50 / 60, 9, 'Lunch')],
        { handled: 2, handleSeconds: 600, queueTalkSeconds: 600, madeTalkSeconds: 120 }
      ),
  ],
  [
    /Example: 10 minutes logged in and 20 minutes of direct calls: occupancy (\d+) %, idle (\d+) s\./,
    () => figuresOf(['occupancy', 'idleTime'], [stretch(8, 8 + 10 / 60)], { handled: 2, handleSeconds: 1200 }),
  ],
  [
    /Example: logged in from 8:00 to 12:00 and from 13:00 to 17:00: (\S+) and (\S+)\./,
    async () => {
      const times = await figuresOf(['firstLogIn', 'lastLogOut'], [stretch(13, 17), stretch(8, 12)], {});
      return times.map((time) => new Date(time!).toISOString().slice(11, 16).replace(/^0/, ''));
    },
  ],
  [
    /Example: 5 h of talk in queues beside 8 minutes logged in: (no) logged-in time\./,
    async () => {
      const calls = { handled: 60, handleSeconds: 18_000, queueTalkSeconds: 18_000 };
      const [loggedIn] = await figuresOf(['loggedInTime'], [stretch(8, 8 + 8 / 60)], calls);
      return [loggedIn === null ? 'no' : loggedIn!];
    },
  ],
];
