import { AgentPresence } from '../../../src/cdr/agent-presence';
import { assembleCall } from '../../../src/cdr/assemble-call';
import { percentileOf } from '../../../src/cdr/distributions';
import { PbxClock } from '../../../src/cdr/pbx-clock';
import { lostCallers } from '../../../src/cdr/lost-callers';
import { numberKey } from '../../../src/cdr/number-key';
import { differencesOf } from '../../../src/cdr/queue-audit';
import { QueueBoard } from '../../../src/cdr/queue-board';
import type { CdrRecord } from '../../../src/cdr/record';
import { bucketStarts, zoneStretches } from '../../../src/cdr/time-buckets';
import { answerQuery } from '../../../src/answers/answer-query';
import { MemoryStore } from '../../../src/browser-mode/memory-store';
import { parseQuery } from '../../../src/query/parse-query';
import { askCapture, askCase } from '../ask-examples';
import { answerSource } from '../answer-source';
import { cdrRecord, defaultRules, noon, queueEvent } from '../cdr-builders';
import { answerRows } from '../../../tools/replay/answer-rows';
import { figure } from './capture-figure';
import type { Example } from './example';

const rounded = (value: unknown): string => String(Math.round(Number(value) * 10) / 10);
const ofQueues = async (metric: string, more: object = {}): Promise<string[]> => [
  rounded(await figure(metric, { queue: 'support' }, more)),
  rounded(await figure(metric, { queue: 'sales' }, more)),
];
const ofSalesBands = (metric: string): Promise<string[]> =>
  Promise.all(
    ['0–5 s', '6–8 s', 'over 8 s'].map(async (waitBand) =>
      rounded(await figure(metric, { queue: 'sales', waitBand }, { bands: [5, 8] }))
    )
  );
/** A call of so many minutes after noon. */
const callAt = (minutes: number, isAnswered: boolean, ends: Partial<CdrRecord>): CdrRecord =>
  cdrRecord({
    uniqueId: `${noon / 1000 + minutes * 60}.1`,
    startTime: noon + minutes * 60_000,
    answerTime: isAnswered ? noon + minutes * 60_000 + 2_000 : null,
    endTime: noon + minutes * 60_000 + 10_000,
    disposition: isAnswered ? 'ANSWERED' : 'NO ANSWER',
    direction: 'inbound',
    ...ends,
  });
/** Figures of callers of these calls, long after them. */
async function ofCallers(records: CdrRecord[], metrics: readonly string[]): Promise<string[]> {
  const store = new MemoryStore(100, defaultRules);
  store.add({ records, events: [] });
  const query = parseQuery({ queryType: 'statistics', metrics });
  const range = { from: 0, to: noon + 40 * 86_400_000, intervalMs: 60_000 };
  const clock = jest.spyOn(Date, 'now').mockReturnValue(range.to);
  const [row] = answerRows(await answerQuery(answerSource(store), query, range));
  clock.mockRestore();
  return metrics.map((metric) => rounded(row![metric]));
}
const outward = { direction: 'outbound', destination: '9030123456789', source: '1001' } as const;
const lostThenCalledBack = [
  callAt(0, false, { source: '+4930123456789' }),
  callAt(4, false, { source: '030123456789' }),
  callAt(10, false, outward),
  callAt(24, true, outward),
];
const joined = queueEvent('QueueCallerJoin', 0);

/** Examples of figures, times and zones. */
export const examplesOfFigures: readonly Example[] = [
  [
    /Example: `(\(202\) 555-0142)` and `(912025550142)` are both (\d+)\./,
    () => {
      const [one, other] = ['(202) 555-0142', '912025550142'] as const;
      return [one, other, numberKey(one) === numberKey(other) ? numberKey(one) : null];
    },
  ],
  [
    /Example: tries at 9:00 and 9:04, a call back in vain at 9:10, and one at 9:24 that is answered: (\d+) lost caller, (\d+) tries, called back after (\d+) s, (\d+) try to call back\./,
    async () => {
      const calls = lostThenCalledBack.map(
        (record) => assembleCall({ records: [record], events: [] }, defaultRules).call!
      );
      const found = lostCallers(calls, 86_400_000);
      const [after] = await ofCallers(lostThenCalledBack, ['averageTimeToCallBack']);
      return [found.length, found[0]!.tries.length, after!, found[0]!.triedBack];
    },
  ],
  [
    /Example: a call that is answered at 10:01 on a PBX whose clock is ten minutes fast is stored as 10:11, so a lost call of its number on another PBX at 10:05 counts as followed by an answer: came through (\d+), waiting (\d+)\./,
    () =>
      ofCallers(
        [callAt(11, true, { source: '5551', server: 'fast' }), callAt(5, false, { source: '5551' })],
        ['lostCallersCameThrough', 'lostCallersWaiting']
      ),
  ],
  [
    /Example: of (\d+) lost callers (\d+) is called back after 600 s, (\d+) comes through and (\d+) wait: reached (\d+) %, average time to call back (\d+) s\./,
    () =>
      ofCallers(
        [
          callAt(0, false, { source: '030123456789' }),
          callAt(10, true, outward),
          callAt(1, false, { source: '5551' }),
          callAt(3, true, { source: '5551' }),
          callAt(2, false, { source: '5552' }),
          callAt(5, false, { source: '5553' }),
        ],
        [
          'lostCallers',
          'lostCallersCalledBack',
          'lostCallersCameThrough',
          'lostCallersWaiting',
          'lostCallersReachedRate',
          'averageTimeToCallBack',
        ]
      ),
  ],
  [
    /Example: a number calls on day 1 and 3, another on day 1 only, all answered: (\d+) repeated call, ([\d.]+) %; first-contact resolution ([\d.]+) % with 7 days\./,
    () =>
      ofCallers(
        [
          callAt(0, true, { source: '5551' }),
          callAt(2 * 1440, true, { source: '5551' }),
          callAt(5, true, { source: '5552' }),
        ],
        ['repeatCalls', 'repeatCallRate', 'firstContactResolution']
      ),
  ],
  [
    /Example: a number calls support on day 1, where Bob answers, sales on day 2, where nobody does, and support again on day 3, where Alice answers: (\d+) calls, (\d+) repeated, (\d+) answered, queues (\w+) and (\w+), agents (\w+) and (\w+)\./,
    async () => {
      const call = (day: number, isAnswered: boolean, queue: string, agent: string): CdrRecord =>
        callAt(day * 1440, isAnswered, { source: '5551', queue, agent, lastApplication: 'Queue' });
      const store = new MemoryStore(10, defaultRules);
      const records = [call(0, true, 'support', 'Bob'), call(1, false, 'sales', ''), call(2, true, 'support', 'Alice')];
      store.add({ records, events: [] });
      const range = { from: noon, to: noon + 7 * 86_400_000, intervalMs: 60_000 };
      const query = parseQuery({ queryType: 'repeatedCallers' });
      const [row] = answerRows(await answerQuery(answerSource(store), query, range));
      const texts = [row!.queue, row!.agent].flatMap((text) => String(text).split(', '));
      return [row!.calls, row!.repeatCalls, row!.answered, ...texts].map(String);
    },
  ],
  [/\*\*totalCalls\*\* = calls\. Capture: (\d+)\./, async () => [(await figure('totalCalls')) as number]],
  [
    /failed \+ congestion\. Capture: (\d+), (\d+), (\d+), (\d+), (\d+) and (\d+)\./,
    () =>
      Promise.all(
        ['answeredCalls', 'abandonedCalls', 'missedCalls', 'busyCalls', 'selfServedCalls', 'failedCalls'].map(
          async (metric) => (await figure(metric)) as number
        )
      ),
  ],
  [
    /Capture: 100 × (\d+) \/ (\d+) = ([\d.]+) %\./,
    async () => [
      (await figure('answeredCalls')) as number,
      (await figure('totalCalls')) as number,
      rounded(await figure('answerRate')),
    ],
  ],
  [
    /Capture: 4 \+ 4 \+ 6 = (\d+) s\. \*\*averageTalkTime\*\* = talk time \/ answered calls\. Capture: ([\d.]+) s\. \*\*averageRingTime\*\* = ring time \/ answered calls\. Capture: \(2 \+ 2 \+ 2\) \/ 3 = (\d+) s\./,
    async () => [
      (await figure('totalTalkTime')) as number,
      rounded(await figure('averageTalkTime')),
      rounded(await figure('averageRingTime')),
    ],
  ],
  [
    /Capture: p50 (\d+) s and p90 (\d+) s of talk, p95 (\d+) s of ringing\./,
    async () => [
      rounded(await figure('talkTimeP50')),
      rounded(await figure('talkTimeP90')),
      rounded(await figure('ringTimeP95')),
    ],
  ],
  [
    /Example: of 15, 20, 35, 40 and 50 s p50 is (\d+) s and p90 (\d+) s\./,
    () => {
      const counts = new Map([15, 20, 35, 40, 50].map((seconds) => [seconds, 1]));
      return [percentileOf(counts, 50), percentileOf(counts, 90)];
    },
  ],
  [
    /Capture: sales p50 (\d+) s, p90 (\d+) s\./,
    async () => [(await ofQueues('waitTimeP50'))[1], (await ofQueues('waitTimeP90'))[1]],
  ],
  [
    /Capture, bounds 5 and 8 s: sales offered (\d+) within 5 s, (\d+) within 8 s and (\d+) later\./,
    () => ofSalesBands('callsOffered'),
  ],
  [
    /Capture, by queue and band: sales ([\d.]+) %, ([\d.]+) % and ([\d.]+) %\./,
    () => ofSalesBands('callsOfferedShare'),
  ],
  [/Capture: support p90 (\d+) s\./, async () => [(await ofQueues('answerTimeP90'))[0]]],
  [/Capture: support p95 (\d+) s\./, async () => [(await ofQueues('queueTalkTimeP95'))[0]]],
  [
    /Capture: 1001 p50 (\d+) s, p90 (\d+) s\./,
    async () => [
      rounded(await figure('handleTimeP50', { agent: '1001' })),
      rounded(await figure('handleTimeP90', { agent: '1001' })),
    ],
  ],
  [
    /Capture: support (\d+), (\d+), (\d+); sales (\d+), (\d+), (\d+)\./,
    async () => {
      const [offered, answered, abandoned] = await Promise.all(
        ['callsOffered', 'callsAnswered', 'callsAbandoned'].map((metric) => ofQueues(metric))
      );
      return [0, 1].flatMap((queue) => [offered![queue], answered![queue], abandoned![queue]]);
    },
  ],
  [/Capture: support (\d+) %, sales (\d+) %\. \*\*serviceLevelPct/, () => ofQueues('abandonmentRate')],
  [
    /Example: rung at once, answered after (\d+) s, connected after an announcement at 5 s: within 2 s, with a hold time of (\d+) s\./,
    () => {
      const connect = queueEvent('AgentConnect', 5, { holdTime: 5, ringTime: 1 });
      const [visit] = assembleCall(
        { records: [], events: [joined, queueEvent('AgentCalled', 0), connect] },
        defaultRules
      ).visits;
      return [visit!.answerDelay, visit!.waitTime];
    },
  ],
  [
    /Capture, T = 20: support (\d+) % \(`asterisk`: (\d+) %\), sales (\d+) %; T = 5: sales by `asterisk2` ([\d.]+) %/,
    async () => {
      const level = (serviceLevelThreshold: number, serviceLevelDefinition: string) =>
        ofQueues('serviceLevelPct', { serviceLevelThreshold, serviceLevelDefinition });
      const [support, sales] = await level(20, 'offered');
      return [support, (await level(20, 'asterisk'))[0], sales, (await level(5, 'asterisk2'))[1]];
    },
  ],
  [
    /Capture, threshold 5 s: sales (\d+) short, (\d+) % of the other 2; of all visits the service level `without-short-abandons` for T = 20 is ([\d.]+) %\./,
    async () => {
      const short = { shortAbandonThreshold: 5 };
      const level = { ...short, serviceLevelThreshold: 20, serviceLevelDefinition: 'without-short-abandons' };
      return [
        (await ofQueues('shortAbandons', short))[1],
        (await ofQueues('abandonmentRateWithoutShort', short))[1],
        rounded(await figure('serviceLevelPct', {}, level)),
      ];
    },
  ],
  [
    /Capture: support \(2 \+ 12\) \/ 2 = (\d+) s, sales \(6 \+ 5 \+ 10\) \/ 3 = (\d+) s\./,
    () => ofQueues('averageWaitTime'),
  ],
  [
    /their number\. Capture: support (\d+) s\. \*\*longestWaitTime\*\* = the longest hold time\. Capture: support (\d+) s, sales (\d+) s\./,
    async () => [(await ofQueues('averageSpeedOfAnswer'))[0], ...(await ofQueues('longestWaitTime'))],
  ],
  [/end was heard\. Capture: support (\d+) s\./, async () => [(await ofQueues('averageQueueTalkTime'))[0]]],
  [
    /Example: counters \((\d+), 2\), then \(15, 5\); 5 answered and no abandoned visits are stored: (\d+) more (\w+)\./,
    () => {
      const reading = { server: 'pbx-east', queue: 'support', interface: '', since: 0 };
      const base = { ...reading, completed: 10, abandoned: 2, at: noon };
      const latest = { ...reading, completed: 15, abandoned: 5, at: noon + 180_000 };
      const stored = { answeredLeast: 5, answeredMost: 5, abandonedLeast: 0, abandonedMost: 0 };
      const [difference, ...more] = differencesOf(
        { base, latest, completed: 5, abandoned: 3, ofAnyQueue: false },
        { ...stored, derived: 0, completes: 5, abandons: 0 },
        ''
      );
      expect(more).toEqual([]);
      return [base.completed, difference!.more, difference!.outcome];
    },
  ],
  [
    /\*\*callsHandled\*\* = legs that the agent answered\. Capture: 1001 handled (\d+)\./,
    async () => [(await figure('callsHandled', { agent: '1001' })) as number],
  ],
  [
    /`AgentRingNoAnswer` says\. Capture: 1001 (\d+), 1002 (\d+), 1004 (\d+)\./,
    () =>
      Promise.all(['1001', '1002', '1004'].map(async (agent) => (await figure('ringNoAnswer', { agent })) as number)),
  ],
  [
    /heard\. Capture: 1001 \(4 \+ 4 \+ 6\) \/ 3 = ([\d.]+) s\./,
    async () => [rounded(await figure('averageHandleTime', { agent: '1001' }))],
  ],
  [
    /Example: a member added at 9:00, paused from 10:00 to 10:15 and removed at 12:00 was logged in for ([\d,]+) s and paused for (\d+) s\./,
    () => {
      const [loggedIn, paused] = presenceOf([
        ['QueueMemberAdded', 9, { Status: '1', Paused: '0' }],
        ['QueueMemberPause', 10, { Status: '1', Paused: '1' }],
        ['QueueMemberPause', 10.25, { Status: '1', Paused: '0' }],
        ['QueueMemberRemoved', 12, {}],
      ]);
      return [loggedIn!.toLocaleString('en-US'), paused];
    },
  ],
  [
    /Example: (\d+) calls of 1001, (\d+) of 1002 and 1 each of 1003 and 1004, top 2: 1001 (\d+), 1002 (\d+), \(others\) (\d+)\./,
    async () => {
      const of = { '1004': 1, '1001': 3, '1003': 1, '1002': 2 };
      const records = Object.entries(of).flatMap(([agent, calls]) =>
        Array.from({ length: calls }, (_, place) => cdrRecord({ agent, uniqueId: `${noon / 1000}.${agent}${place}` }))
      );
      const store = new MemoryStore(100, defaultRules);
      store.add({ records, events: [] });
      const query = parseQuery({ queryType: 'statistics', groupBy: ['agent'], metrics: ['totalCalls'], top: 2 });
      const range = { from: noon, to: noon + 1, intervalMs: 1 };
      const { fields } = await answerQuery(answerSource(store), query, range);
      return [of[1001], of[1002], ...(fields[1]!.values as number[])];
    },
  ],
  [/gives\. Capture: (\d+)\./, async () => [(await figure('recordCount')) as number]],
  [
    /Capture, on the Tuesday at 13:00: (\d+) calls\./,
    async () => {
      const groupBy = ['hourOfDay', 'dayOfWeek'];
      const filters = { server: ['pbx-east'] };
      const rows = await askCapture({
        queryType: 'statistics',
        metrics: ['totalCalls'],
        groupBy,
        format: 'heatmap',
        filters,
      });
      return [rows[13]!.tuesday as number];
    },
  ],
  [
    /Example: a record with UniqueID (\S+) \(([\d:]+) UTC\) begins at 14:00:00: one hour ahead\./,
    () => {
      expect(new PbxClock('').offsetOf(Date.UTC(2026, 10, 24, 14), '1795525200.1')).toBe(3600);
      return ['1795525200.1', new Date(1_795_525_200_000).toISOString().slice(11, 19)];
    },
  ],
  [
    /Example: a call at 2026-12-31T23:00Z is in (\S+) and (\d+) by the clock of a PBX one hour ahead of UTC, and in (\S+) and (\d+) in the time zone America\/New_York\./,
    async () => {
      const startTime = Date.parse('2026-12-31T23:00Z');
      const store = new MemoryStore(100, defaultRules);
      store.add({ records: [cdrRecord({ startTime, endTime: startTime, utcOffset: 3600 })], events: [] });
      const range = { from: startTime, to: startTime + 1, intervalMs: 1 };
      const cells = ['pbx', 'America/New_York'].map(async (timeZone) => {
        const json = { queryType: 'statistics', groupBy: ['month', 'year'], metrics: ['totalCalls'], timeZone };
        const { fields } = await answerQuery(answerSource(store), parseQuery(json), range);
        return fields.slice(0, 2).map(({ values }) => values[0] as string);
      });
      return (await Promise.all(cells)).flat();
    },
  ],
  [
    /Example: in New York the month of an instant of\s2026-11-15 starts (\S+), before the clock change of that day, and the next one (\S+)\. /,
    () => {
      const [from, to] = [Date.UTC(2026, 10, 15, 12), Date.UTC(2026, 11, 2)];
      const stretches = zoneStretches('America/New_York', Date.UTC(2026, 9, 1), to);
      return bucketStarts({ width: { months: 1 }, stretches }, from, to).map((start) =>
        new Date(start).toISOString().replace(':00.000', '')
      );
    },
  ],
  [
    /Case `pbx-clock-ten-minutes-behind`: talk (\d+) s, wait (\d+) s\./,
    async () => {
      const [call] = await askCase('pbx-clock-ten-minutes-behind', 'frames', { queryType: 'calls' });
      return [call!.talkTime as number, call!.waitTime as number];
    },
  ],
];

/** Seconds logged in, and paused, by what the wallboard heard at hours of a day. */
function presenceOf(heard: Array<[name: string, hour: number, fields: Record<string, string>]>): number[] {
  const [board, presence] = [new QueueBoard(), new AgentPresence()];
  const stretches = heard.flatMap(([name, hour, fields]) => {
    const at = noon + hour * 3_600_000;
    board.apply('pbx', name, { Queue: 'support', Interface: 'PJSIP/1001', ...fields }, at);
    return presence.update(board.agents(defaultRules.member, at), at, () => 0);
  });
  const seconds = (some: typeof stretches) =>
    some.reduce((sum, { startTime, endTime }) => sum + (endTime - startTime) / 1000, 0);
  return [seconds(stretches), seconds(stretches.filter(({ paused }) => paused))];
}
