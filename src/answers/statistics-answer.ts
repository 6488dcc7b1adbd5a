import { otherValues, othersText, rankOf } from '../cdr/alone-groups';
import { bandText, isBand } from '../cdr/bands';
import { compareText } from '../cdr/compare-text';
import { customLabel, daysOfWeek, dimensions, mayHoldNumber, type Dimension } from '../cdr/dimensions';
import { isHourDimension } from '../cdr/fact-groups';
import { mapInTurns } from '../cdr/in-turns';
import type { Measure } from '../cdr/measures';
import { metrics } from '../cdr/metrics';
import { addInTurn, noTotals, type GroupSums, type StatisticsPlan, type Totals } from '../cdr/sum-facts';
import { bucketStart, bucketStarts, type BucketPlan } from '../cdr/time-buckets';
import type { Answer, AnswerField, AnswerMeta, TextOrigin } from './answer';
import { emptyBands } from './all-bands';
import { checkCells, checkSeries } from './answer-bounds';
import { sentence } from '../sentences/sentence';
import { metricConfig } from './metric-config';
import { notice, withNotices, type Notice } from './notice';
import { readNone } from './read-none';
import { seriesField } from './series-field';
import { othersNotices } from './traffic-notice';
import { weekHeatmap } from './week-heatmap';
import { wholeSums, type WholeSums } from './whole-sums';
import type { CdrQuery } from '../query/model';

const titles: Partial<Record<string, string>> = {
  agent: 'Agent',
  team: 'Team',
  queue: 'Queue',
  direction: 'Direction',
  disposition: 'Disposition',
  outcome: 'Outcome',
  server: 'Server',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  hourOfDay: 'Hour of day',
  dayOfWeek: 'Day of week',
  businessHours: 'Business hours',
  accountCode: 'Account code',
  source: 'Source',
  destination: 'Destination',
  did: 'DID',
  trunk: 'Trunk',
  callingAgent: 'Calling agent',
  endedBy: 'Ended by',
  transferTarget: 'Transfer target',
  pauseReason: 'Pause reason',
  waitBand: 'Wait time band',
  answerBand: 'Time to answer band',
  ringBand: 'Ring time band',
  talkBand: 'Talk time band',
};

/**
 * Figures from sums: time series, one row a group, or hours by weekdays.
 * @param wholes sums of which shares are
 * @throws InvalidQueryError for more values than an answer may hold, see `answer-bounds`
 */
export async function statisticsAnswer(
  query: CdrQuery,
  plan: StatisticsPlan,
  groups: readonly GroupSums[],
  executedQueryString: string,
  wholes = groups
): Promise<Answer> {
  const meta: AnswerMeta = { executedQueryString, typeVersion: [0, 1] };
  const whole = wholesOf(plan, wholes);
  if (query.format === 'heatmap') {
    return withNotices(weekHeatmap(query, groups, whole, meta), derivationNotices(groups));
  }
  const answer = plan.buckets
    ? await timeSeries(query, plan, plan.buckets, groups, whole, meta)
    : await table(query, plan, groups, whole, meta);
  return withNotices(answer, [...derivationNotices(groups), ...othersNotices(query, groups)]);
}

async function table(
  query: CdrQuery,
  plan: StatisticsPlan,
  groups: readonly GroupSums[],
  whole: WholeSums,
  meta: AnswerMeta
): Promise<Answer> {
  const advice = sentence('query.narrow');
  const check = (rows: number): void => checkCells(rows, query.groupBy.length + query.metrics.length, advice);
  check(groups.length);
  const found = groups.map(({ group }) => group);
  const empty = plan.alone ? [] : emptyBands(plan, found, check).map((group): GroupSums => ({ ...emptyGroup, group }));
  const rows =
    query.groupBy.length === 0 && groups.length === 0 ? [emptyGroup] : [...groups, ...empty].sort(inOrder(query, plan));
  const fields: AnswerField[] = [];
  for (const [index, dimension] of query.groupBy.entries()) {
    const values = await mapInTurns(rows, ({ group }) => groupText(dimension, group[index]!, plan));
    const config = { displayNameFromDS: dimensionTitle(dimension) };
    fields.push(
      readNone({ name: dimension, type: 'string', nullable: false, origin: dimensionOrigin(dimension), config, values })
    );
  }
  for (const id of query.metrics) {
    fields.push({
      name: id,
      type: 'number',
      config: metricConfig(metrics[id]),
      values: await mapInTurns(rows, (row) =>
        metrics[id].value(row, query.serviceLevelDefinition, () => whole({ start: null, group: row.group }))
      ),
    });
  }
  return {
    name: 'Statistics',
    meta: { ...meta, type: 'numeric-long', preferredVisualisationType: 'table' },
    fields,
  };
}

async function timeSeries(
  query: CdrQuery,
  plan: StatisticsPlan,
  buckets: BucketPlan,
  groups: readonly GroupSums[],
  whole: WholeSums,
  meta: AnswerMeta
): Promise<Answer> {
  const starts = bucketStarts(buckets, plan.from, plan.to);
  const series = new Map<string, { group: string[]; totals: Map<number, Totals> }>();
  if (query.groupBy.length === 0) {
    series.set('[]', { group: [], totals: new Map() });
  }
  await mapInTurns(groups, ({ bucket, group, ...totals }) => {
    const key = JSON.stringify(group);
    const found = series.get(key) ?? { group, totals: new Map<number, Totals>() };
    series.set(key, found);
    const start = bucketStart(buckets, bucket!);
    const known = found.totals.get(start);
    found.totals.set(start, known ? added(known, totals) : totals);
  });
  const check = (groups: number): void => checkSeries(groups, query.metrics.length, starts.length);
  const found = Array.from(series.values(), ({ group }) => group);
  (plan.alone ? [] : emptyBands(plan, found, check)).forEach((group) =>
    series.set(JSON.stringify(group), { group, totals: new Map() })
  );
  checkSeries(series.size, query.metrics.length, starts.length);
  const time: AnswerField = {
    name: 'time',
    type: 'time',
    nullable: false,
    config: { displayNameFromDS: 'Time' },
    // Times without a series would be an error to Grafana's panels, which is no answer where nothing was found.
    values: series.size === 0 ? [] : starts,
  };
  const none = noTotals();
  const values = await mapInTurns([...series.values()].sort(inOrder(query, plan)), ({ group, totals }) =>
    query.metrics.map((id): AnswerField => {
      const texts = group.map((value, index) => groupText(query.groupBy[index]!, value, plan));
      const config = metricConfig(metrics[id]);
      return seriesField({
        name: id,
        type: 'number',
        series: {
          figure: config.displayNameFromDS,
          legend: query.legend,
          isOfOne: query.metrics.length === 1,
          groups: query.groupBy.map((dimension, index) => ({
            label: labelName(dimension),
            text: texts[index]!,
            origin: dimensionOrigin(dimension),
          })),
        },
        config,
        values: starts.map((start) =>
          metrics[id].value(totals.get(start) ?? none, query.serviceLevelDefinition, () => whole({ start, group }))
        ),
      });
    })
  );
  return {
    name: 'Statistics',
    meta: { ...meta, type: 'timeseries-wide', preferredVisualisationType: 'graph' },
    fields: [time, ...values.flat()],
  };
}

const emptyGroup: GroupSums = { bucket: null, group: [], ...noTotals() };

function derivationNotices(groups: readonly GroupSums[]): Notice[] {
  const total = (measure: Measure): number => groups.reduce((sum, { sums }) => sum + sums[measure], 0);
  const derived = total('derivedVisits');
  const imported = total('importedVisits');
  const transfers = total('derivedTransfers');
  const all = total('offered');
  const rest = derived > 0 ? 'notice.visits.rest-events-or-derived' : 'notice.visits.rest-events';
  return [
    ...(derived > 0 ? [notice('info', sentence('notice.visits.derived', { derived, all }))] : []),
    ...(imported > 0 ? [notice('info', sentence('notice.visits.imported', { imported, all }), sentence(rest))] : []),
    ...(transfers > 0
      ? [notice('info', sentence('notice.transfers.derived', { derived: transfers, all: total('transfers') }))]
      : []),
    ...(total('unmapped') > 0 ? [unmapped()] : []),
  ];
}

/** What an answer says where LinkedID is not mapped. */
export function unmapped(): Notice {
  return notice('warning', sentence('notice.linked-id.unmapped'));
}

function wholesOf({ buckets }: StatisticsPlan, groups: readonly GroupSums[]): WholeSums {
  return wholeSums(() =>
    groups.map(({ bucket, group, sums }) => ({ start: buckets && bucketStart(buckets, bucket!), group, sums }))
  );
}

/** Two clocks' hours may begin at one instant, where a clock is put back. */
function added(...some: readonly Totals[]): Totals {
  const total = noTotals();
  some.forEach((one) => addInTurn(total, one));
  return total;
}

function dimensionTitle(dimension: Dimension): string {
  return customLabel(dimension) ?? titles[dimension] ?? dimension;
}

/** Label names of alerts allow no dots. A custom field that is called as a field of ours is another one. */
function labelName(dimension: Dimension): string {
  const label = customLabel(dimension);
  return label === null ? dimension : dimensions.some((own) => own === label) ? `custom_${label}` : label;
}

function dimensionOrigin(dimension: Dimension): TextOrigin {
  return mayHoldNumber(dimension) ? 'free' : 'system';
}

function groupText(dimension: Dimension, value: string, { bands = [] }: StatisticsPlan): string {
  if (value === otherValues) {
    return othersText;
  }
  if (isBand(dimension)) {
    return bandText(value, bands);
  }
  if (dimension === 'day') {
    return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
  }
  if (dimension === 'month') {
    return new Date(Date.UTC(1970, Number(value))).toISOString().slice(0, 7);
  }
  if (dimension === 'hourOfDay') {
    return value.padStart(2, '0');
  }
  return dimension === 'dayOfWeek' ? daysOfWeek[Number(value) - 1]! : value;
}

type InOrder = (a: Pick<GroupSums, 'group'>, b: Pick<GroupSums, 'group'>) => number;

/** By rank where some groups stand alone, and the rest last. */
function inOrder(query: CdrQuery, { alone }: StatisticsPlan): InOrder {
  if (!alone) {
    return byGroup(query);
  }
  const ranks = new Map(Array.from(alone.groups.keys(), (key, rank) => [key, rank]));
  return (a, b) => rankOf(a.group, ranks) - rankOf(b.group, ranks);
}

function byGroup({ groupBy }: CdrQuery): InOrder {
  const orders = groupBy.map((dimension) =>
    isHourDimension(dimension) || isBand(dimension) ? compareNumbers : compareText
  );
  return (a, b) => {
    for (let place = 0; place < orders.length; place++) {
      const order = orders[place]!(a.group[place]!, b.group[place]!);
      if (order !== 0) {
        return order;
      }
    }
    return 0;
  };
}

/** What is of no band comes after all bands. */
function compareNumbers(a: string, b: string): number {
  return Number(a || Number.MAX_VALUE) - Number(b || Number.MAX_VALUE);
}
