import { busiestHours, quarter } from '../../../src/cdr/busiest-hours';
import { noCall } from '../../../src/cdr/call';
import type { FactRow } from '../../../src/cdr/fact-rows';
import { flowsOf, type FlowPlan } from '../../../src/cdr/flows';
import { bucketSpans, fixedOffset } from '../../../src/cdr/time-buckets';
import { erlangs, type Traffic } from '../../../src/cdr/traffic';
import { trafficOf } from '../../../src/cdr/traffic-of-flows';
import { figure } from './capture-figure';
import type { Example } from './example';

const minute = 60_000;
const day = Date.UTC(2026, 10, 24);

/** Traffic of each bucket from 9:00 to 12:00, of calls by the minutes of the day at which they begin and end. */
function trafficBy(width: number, calls: ReadonlyArray<readonly [number, number]>): Traffic[] {
  const rows = calls.map(([began, ended]): FactRow => {
    const own = { fact: 'call', server: '', linkedId: '', utcOffset: 0, queue: '', queues: [], agent: '', agents: [] };
    const [time, end] = [day + began * minute, day + ended * minute];
    const more = { endedBy: '', transferred: false, adds: {}, seconds: {}, ends: { calls: end } } as const;
    return { ...noCall, ...own, fact: 'call', time, ...more };
  });
  const buckets = { width, stretches: fixedOffset(0) };
  const plan: FlowPlan = {
    ...{ from: day + 540 * minute, to: day + 720 * minute, filters: {}, groupBy: [], buckets, clock: null },
    ...{ serviceLevelThreshold: 20, load: 'calls', peaks: true },
  };
  const flows = new Map(flowsOf(rows, plan).map((flow) => [flow.bucket, flow]));
  return trafficOf(flows, bucketSpans(buckets, plan.from, plan.to), plan);
}

/** Examples of calls at the same time. */
export const examplesOfTraffic: readonly Example[] = [
  [
    /Example: one call from 10:00 to 11:30 and one from 10:30 to 11:00: at 10:00 peak (\d+), \(60 \+ 30\) \/ 60 = ([\d.]+) E, at 11:00 peak (\d+), ([\d.]+) E\./,
    () =>
      trafficBy(60 * minute, [
        [600, 690],
        [630, 660],
      ])
        .slice(1)
        .flatMap((traffic) => [traffic.peak!, erlangs(traffic)!]),
  ],
  [/Capture: peak (\d+)\./, async () => [(await figure('peakConcurrentCalls')) as number]],
  [
    /Capture: support (\d+) at once, of whom (\d+) waits; sales (\d+) waiting, as `Count` of `QueueCallerJoin` said\./,
    async () => [
      (await figure('peakQueueCalls', { queue: 'support' })) as number,
      (await figure('peakCallersWaiting', { queue: 'support' })) as number,
      (await figure('peakCallersWaiting', { queue: 'sales' })) as number,
    ],
  ],
  [
    /Example: two trunks with a peak of 1 each, at 10:00 and at 11:00: total peak (\d+)\./,
    () => {
      const traffic = trafficBy(180 * minute, [
        [600, 610],
        [660, 670],
      ]);
      return [traffic[0]!.peak!];
    },
  ],
  [
    /Example: calls from 9:30 to 10:10 and from 10:00 to 10:30: busiest hour ([\d:]+), ([\d.]+) E, peak (\d+)\./,
    () => {
      const quarters = trafficBy(quarter, [
        [570, 610],
        [600, 630],
      ]).map((traffic, place) => ({ from: day + 540 * minute + place * quarter, traffic, calls: 0 }));
      const [busiest] = busiestHours(quarters, fixedOffset(0));
      const begins = new Date(busiest!.from).toISOString().slice(11, 16).replace(/^0/, '');
      return [begins, busiest!.erlangs.toFixed(2), busiest!.peak];
    },
  ],
];
