import { assembleCall, type AssembledCall } from '../../../src/cdr/assemble-call';
import { businessHourValues, readBusinessHours } from '../../../src/cdr/business-hours';
import { isInHours } from '../../../src/cdr/hour-test';
import { zoneStretches } from '../../../src/cdr/time-buckets';
import type { CallParts } from '../../../src/cdr/call-parts';
import { Directory } from '../../../src/cdr/directory';
import type { CdrRecord } from '../../../src/cdr/record';
import { askCapture, askCase, type Row } from '../ask-examples';
import { cdrRecord, defaultRules, noon, queueEvent, unansweredQueueRecord } from '../cdr-builders';
import { figure } from './capture-figure';
import type { Example, Value } from './example';

const assemble = (records: CdrRecord[], events: CallParts['events'] = []): AssembledCall =>
  assembleCall({ records, events }, defaultRules);
/** Figures of the first group of a case that has one of them. */
const caseFigures = async (
  name: string,
  input: 'frames' | 'csv',
  metrics: string[],
  group: Row = {}
): Promise<Value[]> => {
  const rows = await askCase(name, input, { queryType: 'statistics', metrics, groupBy: Object.keys(group) });
  const row = rows.find((one) => Object.entries(group).every(([dimension, value]) => one[dimension] === value));
  return metrics.map((metric) => row?.[metric] as Value);
};
const inQueue = { queue: 'support', lastApplication: 'Queue', lastData: 'support,t' };
const fromTo = (from: number, to: number, more: Partial<CdrRecord>): CdrRecord =>
  cdrRecord({
    ...{ startTime: noon + from * 1000, answerTime: noon + from * 1000, endTime: noon + to * 1000, sequence: from + 2 },
    ...{ duration: to - from, billableSeconds: to - from, ...more },
  });
const joined = queueEvent('QueueCallerJoin', 0);

/** Examples of what facts are. */
export const examplesOfFacts: readonly Example[] = [
  [
    /Capture: (\d+) calls, (\d+) records\./,
    async () => [(await figure('totalCalls')) as number, (await figure('recordCount')) as number],
  ],
  [
    /Example: a record with `did` (\d+) whose dialplan continued to the extension 200 has the DID (\d+) and the destination (\d+)\./,
    () => {
      const did = '5550100';
      const { call } = assemble([cdrRecord({ destination: '200', custom: { Did: did } })]);
      return [did, call!.did, call!.destination];
    },
  ],
  [
    /Examples: `(PJSIP\/trunk-acme-\w+)` is (\S+), `(DAHDI\S+)` is ([^ .]+)\./,
    () =>
      ['PJSIP/trunk-acme-0000002f', 'DAHDI/i1/5551234-1f'].flatMap((channel) => [
        channel,
        defaultRules.trunk(cdrRecord({ channel }), 'inbound'),
      ]),
  ],
  [
    /Case `dead-trunk`: (\d+) call by PJSIP\/provider-dead, (\d+) by PJSIP\/trunk-none\./,
    async () => [
      ...(await caseFigures('dead-trunk', 'frames', ['totalCalls'], { trunk: 'PJSIP/provider-dead' })),
      ...(await caseFigures('dead-trunk', 'frames', ['totalCalls'], { trunk: 'PJSIP/trunk-none' })),
    ],
  ],
  [
    /Capture: 1001 called (\d+)\. Case `dead-trunk`: 1033 called (\d+)\./,
    async () => [
      (await figure('totalCalls', { callingAgent: '1001' })) as number,
      ...(await caseFigures('dead-trunk', 'frames', ['totalCalls'], { callingAgent: '1033' })),
    ],
  ],
  [
    /Example, hours (Mon-Fri 08:00-18:00) and the holiday (\S+) in New York: (\S+) is (in hours|out of hours), (\S+) is (in hours|out of hours), (\S+) is (in hours|out of hours)\./,
    () => {
      const [line, holiday] = ['Mon-Fri 08:00-18:00', '2026-12-25'];
      const { hours } = readBusinessHours([line], [holiday]);
      const clock = zoneStretches('America/New_York', Date.UTC(2026, 11, 1), Date.UTC(2027, 0, 1));
      const times = ['2026-12-24T17:59', '2026-12-24T18:00', '2026-12-25T12:00'].flatMap((text) => {
        const time = Date.parse(`${text}-05:00`);
        return [text, businessHourValues[isInHours(hours!, clock, { time, utcOffset: 0 }) ? 0 : 1]];
      });
      return [line, holiday, ...times];
    },
  ],
  [
    /Example, the holidays (12-24 to 01-01) of every year: (\S+) is (in hours|out of hours), (\S+) is (in hours|out of hours),\n?\s?(\S+) is (in hours|out of hours)\./,
    () => {
      const { hours } = readBusinessHours(['Mon-Sun 00:00-24:00'], ['12-24 to 01-01']);
      const times = ['2026-12-23T12:00', '2026-12-31T12:00', '2029-01-01T12:00'].flatMap((text) => {
        const time = Date.parse(`${text}Z`);
        return [text, businessHourValues[isInHours(hours!, null, { time, utcOffset: 0 }) ? 0 : 1]];
      });
      return ['12-24 to 01-01', ...times];
    },
  ],
  [
    /Case `pbx-blind-to-queue`:\s+ended by transfer (\d+), by caller (\d+), and the call by (\w+)\./,
    async () => {
      const name = 'pbx-blind-to-queue';
      const [byTransfer] = await caseFigures(name, 'frames', ['callsAnswered'], { endedBy: 'transfer' });
      const [byCaller] = await caseFigures(name, 'frames', ['callsAnswered'], { endedBy: 'caller' });
      const [call] = await askCase(name, 'frames', { queryType: 'calls' });
      return [byTransfer, byCaller, call!.endedBy as string];
    },
  ],
  [
    /Example, capture, a wait of (\d+) s and more: sales offered (\d+), support offered (\d+)\./,
    async () => {
      const offered = (queue: string) =>
        figure('callsOffered', { queue }, { filters: { server: ['pbx-east'], minWaitTime: 6 } });
      return [6, (await offered('sales')) as number, (await offered('support')) as number];
    },
  ],
  [
    /Case `pickup-busy-pbx`, by Master\.csv: 1044 handled (\d+), unanswered (\d+)\./,
    () => caseFigures('pickup-busy-pbx', 'csv', ['callsHandled', 'ringNoAnswer'], { agent: '1044' }),
  ],
  [/Case `no-linked-id`: (\d+) call\./, () => caseFigures('no-linked-id', 'frames', ['totalCalls'])],
  [
    /Example: a caller who leaves and joins again within a millisecond has (\d+) visits\./,
    () => {
      const names = ['QueueCallerJoin', 'QueueCallerLeave', 'QueueCallerJoin', 'QueueCallerLeave'] as const;
      return [
        assemble(
          [],
          names.map((name, arrival) => queueEvent(name, 0, { arrival }))
        ).visits.length,
      ];
    },
  ],
  [
    /Case `taken-out-of-queue`: offered (\d+), abandoned (\d+)\./,
    () => caseFigures('taken-out-of-queue', 'frames', ['callsOffered', 'callsAbandoned']),
  ],
  [
    /Case `queue-caller-local-optimised`: offered (\d+), answered (\d+), talk (\d+) s\./,
    () =>
      caseFigures('queue-caller-local-optimised', 'frames', ['callsOffered', 'callsAnswered', 'averageQueueTalkTime']),
  ],
  [
    /Case `two-queues-local-members`, by Master\.csv: tl-a abandoned (\d+), tl-b answered (\d+) by (\d+)\./,
    async () => {
      const name = 'two-queues-local-members';
      const [abandoned] = await caseFigures(name, 'csv', ['callsAbandoned'], { queue: 'tl-a' });
      const [answered] = await caseFigures(name, 'csv', ['callsAnswered'], { queue: 'tl-b' });
      const [call] = await askCase(name, 'csv', { queryType: 'calls' });
      return [abandoned, answered, call!.agent as string];
    },
  ],
  [
    /Example: a record with lastApplication Queue and no queue event: (\d+) visits\./,
    () => [
      assemble([unansweredQueueRecord({ destinationChannel: '', agent: '', queueEventsHeard: true })]).visits.length,
    ],
  ],
  [
    /Case `ringall-others-stop`: handled (\d+), unanswered (\d+)\./,
    () => caseFigures('ringall-others-stop', 'frames', ['callsHandled', 'ringNoAnswer']),
  ],
  [
    /Case `call-declined-after-answer`: handled (\d+), unanswered (\d+)\./,
    () => caseFigures('call-declined-after-answer', 'frames', ['callsHandled', 'ringNoAnswer']),
  ],
  [
    /Case `members-confirm`: handled (\d+), unanswered (\d+)\./,
    () => caseFigures('members-confirm', 'frames', ['callsHandled', 'ringNoAnswer']),
  ],
  [
    /Case `members-reject`, by Master\.csv: handled (\d+), unanswered (\d+)\./,
    () => caseFigures('members-reject', 'csv', ['callsHandled', 'ringNoAnswer']),
  ],
  [
    /Case `forkcdr-before-queue`, by Master\.csv: handled (\d+), (\d+) s\./,
    () => caseFigures('forkcdr-before-queue', 'csv', ['callsHandled', 'totalHandleTime']),
  ],
  [
    /such as `(Agent\/1002)`\. Examples: `PJSIP\/1001-0000002f` is (\S+), `IAX2\/1003-4567` is (\S+), `Local\/1004@from-queue\/n` is (\S+), `SCCP\/1005-00000001` is (\S+), `Local\/1006@agents` is (\S+)\./,
    () =>
      [
        'Agent/1002',
        'PJSIP/1001-0000002f',
        'IAX2/1003-4567',
        'Local/1004@from-queue/n',
        'SCCP/1005-00000001',
        'Local/1006@agents',
      ].map(defaultRules.member),
  ],
  [
    /Example, capture, 1001 in Front and Back, 1002 in Back: callsHandled Front (\d+), Back (\d+), total (\d+); ringNoAnswer Front (\d+), Back 1 \+ 3 = (\d+), no team (\d+), total (\d+)\./,
    async () => {
      const directory = new Directory([
        { kind: 'agent', id: '1001', name: '', teams: ['Front', 'Back'] },
        { kind: 'agent', id: '1002', name: '', teams: ['Back'] },
      ]);
      const legs = { queryType: 'statistics', metrics: ['callsHandled', 'ringNoAnswer'] };
      const of = (groupBy: string[]) =>
        askCapture({ ...legs, groupBy, filters: { server: ['pbx-east'] } }, directory) as Promise<
          Array<Record<string, Value>>
        >;
      const teams = new Map((await of(['team'])).map((row) => [row.team, row]));
      const [front, back, none] = ['Front', 'Back', ''].map((team) => teams.get(team)!);
      const [total] = await of([]);
      const handled = [front, back, total].map((row) => row!.callsHandled);
      return [...handled, ...[front, back, none, total].map((row) => row!.ringNoAnswer)];
    },
  ],
  [
    /Case `dead-trunk`: (\d+) calls (\w+), both (\w+)\./,
    async () => {
      const calls = await askCase('dead-trunk', 'frames', { queryType: 'calls' });
      const of = (field: string): string => [...new Set(calls.map((call) => call[field]))].join();
      return [calls.length, of('direction'), of('outcome')];
    },
  ],
  [
    /Example: (\d+) talks (\d+) s, parks the call, (\d+) takes it and talks (\d+) s: one visit, handled by 1001, talk 8 s\./,
    () => {
      const { visits, legs } = assemble([
        cdrRecord(inQueue),
        fromTo(10, 13, { destinationChannel: '', agent: '', lastApplication: 'Park' }),
        fromTo(13, 20, { ...inQueue, destinationChannel: 'PJSIP/1006-00000004', agent: '1006' }),
      ]);
      expect(visits).toHaveLength(1);
      return [visits[0]!.agent, visits[0]!.talkTime, legs[1]!.agent, legs[1]!.talkTime];
    },
  ],
  [
    /Example: 1001 rings (\d+) s, 1007 picks up: handled by (\d+), hold time (\d+) s\./,
    () => {
      const rang = cdrRecord({ ...inQueue, duration: 2, billableSeconds: 0, endTime: noon + 2000 });
      const { visits } = assemble([
        rang,
        fromTo(2, 9, { ...inQueue, destinationChannel: 'PJSIP/1007-00000004', agent: '1007' }),
      ]);
      return [rang.duration, visits[0]!.agent, visits[0]!.waitTime];
    },
  ],
  [
    /Capture: (\d+) answered, (\d+) abandoned, (\d+) busy, (\d+) congestion, (\d+) self-served\./,
    async () => {
      const calls = await askCapture({ queryType: 'calls', filters: { server: ['pbx-east'] } });
      const outcomes = Map.groupBy(calls, ({ outcome }) => outcome);
      return ['answered', 'abandoned', 'busy', 'congestion', 'self-served'].map((one) => outcomes.get(one)?.length);
    },
  ],
  [
    /Example: joined at 0 s, connected at 3 s, hung up at (\d+) s: (\w+), duration 20 s, wait (\d+) s\./,
    () => {
      const caller = { channel: 'PJSIP/trunk-acme-00000001', number: '1', name: '', context: '', extension: '2' };
      const connect = queueEvent('AgentConnect', 3, { holdTime: 3 });
      const hangup = queueEvent('Hangup', 20, { queue: '' });
      const { call } = assemble([], [{ ...joined, caller }, connect, hangup]);
      return [call!.duration, call!.outcome, call!.waitTime];
    },
  ],
  [
    /Case `attended-transfer-while-waiting`: (\d+) call of (\d+), wait (\d+) s\./,
    async () => {
      const calls = await askCase('attended-transfer-while-waiting', 'frames', { queryType: 'calls' });
      return [calls.length, calls[0]!.source as string, calls[0]!.waitTime as number];
    },
  ],
  [
    /Case `blind-transfer-local-members`: talk of the visit (\d+) s, handle time (\d+) s\./,
    async () => {
      const name = 'blind-transfer-local-members';
      const [talk] = await caseFigures(name, 'frames', ['averageQueueTalkTime'], { queue: 'tlt-a' });
      const [time] = await caseFigures(name, 'frames', ['totalHandleTime'], { agent: 'Local/1007@agents' });
      return [talk, time];
    },
  ],
  [
    /Case `direct-attended-transfer`: 1008 (\d+) s, 1009 (\d+) s\./,
    async () => {
      const timeOf = (agent: string) =>
        caseFigures('direct-attended-transfer', 'frames', ['totalHandleTime'], { agent });
      return [...(await timeOf('1008')), ...(await timeOf('1009'))];
    },
  ],
  [
    /Example: answered by an IVR at 0 s, by a person at 7 s, ended at (\d+) s: (\d+) s of talk\./,
    () => {
      const record = cdrRecord({ answerTime: noon, duration: 10, billableSeconds: 10 });
      const { call } = assemble([record], [queueEvent('DialEnd', 7, { memberChannel: record.destinationChannel })]);
      return [call!.duration, call!.talkTime];
    },
  ],
];
