import { busiestHours, quarter, type Quarter } from '../cdr/busiest-hours';
import type { FlowPlan } from '../cdr/flows';
import type { Measure } from '../cdr/measures';
import { metrics } from '../cdr/metrics';
import type { GroupSums } from '../cdr/sum-facts';
import { offsetAt, type ZoneStretch } from '../cdr/time-buckets';
import { trafficOf } from '../cdr/traffic-of-flows';
import { InvalidQueryError } from '../query/invalid-query-error';
import type { CdrQuery } from '../query/model';
import type { Answer, AnswerMeta, TimeRange } from './answer';
import { maxSums } from './answer-bounds';
import type { AnswerStore, Selected } from './answer-store';
import { metricConfig } from './metric-config';
import { zoneOf, type StatisticsDefaults } from './statistics-plan';
import { spansOf } from './traffic-groups';
import { sentence } from '../sentences/sentence';

const day = 86_400_000;
const hour = 3_600_000;

/** Calls that began in a quarter, and whether they are whole. */
const wanted: readonly Measure[] = ['calls', 'unmapped'];

export interface BusiestHours {
  answer: (meta: AnswerMeta) => Answer;
  /** Calls that began in the range. */
  sums: Selected<GroupSums>;
}

/**
 * The busiest hour of each day of a range, up to now.
 * @throws InvalidQueryError for a range of too many quarters of an hour
 */
export async function askBusiestHours(
  store: AnswerStore,
  query: CdrQuery,
  range: TimeRange,
  defaults: StatisticsDefaults,
  now: number
): Promise<BusiestHours> {
  const plan = quarterPlan(query, range, defaults, now);
  const sums = await store.sum(plan, wanted);
  const flows = await store.flows(plan);
  const calls = new Map(sums.rows.map(({ bucket, sums: { calls } }) => [bucket, calls]));
  const spans = spansOf(plan);
  const traffic = trafficOf(new Map(flows.rows.map((flow) => [flow.bucket, flow])), spans, plan);
  const quarters = spans.map(({ key, from }, place): Quarter => ({
    from,
    traffic: traffic[place]!,
    calls: calls.get(key) ?? 0,
  }));
  return {
    sums: { rows: sums.rows, sql: `${sums.sql};\n${flows.sql}` },
    answer: (meta) => busiestHoursAnswer(busiestHours(quarters, plan.buckets.stretches), plan.buckets.stretches, meta),
  };
}

function quarterPlan(
  query: CdrQuery,
  { from, to }: TimeRange,
  defaults: StatisticsDefaults,
  now: number
): FlowPlan & { buckets: NonNullable<FlowPlan['buckets']> } {
  const quarters = Math.ceil((to - from) / quarter);
  if (quarters > maxSums) {
    throw new InvalidQueryError([sentence('query.bound.quarters', { quarters, most: maxSums })]);
  }
  const stretches = zoneOf(query, defaults, { from: from - day, to: to + day }, to);
  return {
    ...{ from, to: Math.min(to, now), filters: query.filters, groupBy: [], clock: null, load: 'calls', peaks: true },
    buckets: { width: quarter, stretches },
    serviceLevelThreshold: defaults.serviceLevelThreshold,
  };
}

function busiestHoursAnswer(
  hours: ReturnType<typeof busiestHours>,
  clock: readonly ZoneStretch[],
  meta: AnswerMeta
): Answer {
  const clockTime = (instant: number): string =>
    new Date(instant + offsetAt(clock, instant)).toISOString().slice('2026-11-24T'.length, '2026-11-24T10:15'.length);
  return {
    name: 'Busiest hours',
    meta: { ...meta, preferredVisualisationType: 'table' },
    fields: [
      {
        name: 'day',
        type: 'string',
        nullable: false,
        origin: 'system',
        config: { displayNameFromDS: 'Day' },
        values: hours.map((one) => new Date(one.day).toISOString().slice(0, '2026-11-24'.length)),
      },
      {
        name: 'hour',
        type: 'string',
        nullable: false,
        origin: 'system',
        config: { displayNameFromDS: 'Busiest hour' },
        values: hours.map(({ from }) => `${clockTime(from)}-${clockTime(from + hour)}`),
      },
      {
        name: 'time',
        type: 'time',
        nullable: false,
        config: { displayNameFromDS: 'Begins' },
        values: hours.map(({ from }) => from),
      },
      { ...figure('erlangs'), values: hours.map(({ erlangs }) => erlangs) },
      { ...figure('peakConcurrentCalls'), values: hours.map(({ peak }) => peak) },
      { ...figure('totalCalls'), values: hours.map(({ calls }) => calls) },
    ],
  };
}

const figure = (name: 'erlangs' | 'peakConcurrentCalls' | 'totalCalls') =>
  ({ name, type: 'number', config: metricConfig(metrics[name]) }) as const;
