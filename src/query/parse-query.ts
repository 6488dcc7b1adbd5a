import * as v from 'valibot';
import { businessHourValues, timesOf } from '../cdr/business-hours';
import { outcomes, transferredValues } from '../cdr/call';
import { isBand } from '../cdr/bands';
import { isComparison, operators, wholePattern, type Condition } from '../cdr/conditions';
import { daysOfWeek, dimensions, noValue, type Dimension } from '../cdr/dimensions';
import { compilePattern } from '../cdr/direction';
import {
  conditionFields,
  isSecondsField,
  partFilterNames,
  secondsBoundNames,
  secondsFieldNames,
  type PartFilter,
  type SecondsBound,
} from '../cdr/filter-fields';
import { metricIds, metrics, serviceLevelDefinitions, type MetricId } from '../cdr/metrics';
import { directions } from '../cdr/record';
import { talkEnds } from '../cdr/talk-end';
import { describeIssues, excerpt, issueMessage } from '../settings/describe-issues';
import { sizeProblem } from '../settings/size-problem';
import { checkLoads } from './check-loads';
import { isOfPanel, parseInterval } from './interval';
import { InvalidQueryError } from './invalid-query-error';
import { migrateQuery } from './migrate-query';
import { annotationKinds, countedBy, heatmapGroups, queryTypes, sortFields, type CdrQuery } from './model';
import {
  maxBands,
  maxCallBackHours,
  maxConditions,
  maxGroupBy,
  maxLimit,
  maxOffset,
  maxPatterns,
  maxRepeatDays,
  maxSeconds,
  maxTop,
  questionSize,
} from './question-bounds';
import { usualCallBackHours, usualRepeatDays } from './usual-spans';
import { statusColumns, type StatusQueryType } from './status-columns';
import { PatternError } from '../cdr/pattern-error';
import { sentence, type Sentence, type SentenceValue } from '../sentences/sentence';

const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(maxSeconds));
/** A variable that is put in leaves a text, and one without a value an empty one, which bounds nothing. */
const bound = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) =>
      typeof value !== 'string' ? value : value.trim() === '' ? undefined : isNumber(value) ? Number(value) : value
    ),
    v.optional(seconds)
  )
);
const bounds = Object.fromEntries(secondsBoundNames.map((name) => [name, bound])) as Record<SecondsBound, typeof bound>;
/** Saved queries and people write one value where a list is meant. */
const listOf = <T extends v.GenericSchema>(item: T) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (value === undefined || Array.isArray(value) ? value : [value])),
    v.array(item)
  );
/** A list whose entries mean the same however often they are named. */
const setOf = <T extends v.GenericSchema>(item: T) =>
  v.pipe(
    listOf(item),
    v.transform((values) => [...new Set(values)])
  );
const text = v.string();
/** A value of a filter: what has none is named by `noValue`. */
const value = v.pipe(
  text,
  v.transform((value) => (value === noValue ? '' : value))
);
const values = listOf(value);
/** Values of a field that has one of these, or none. */
const oneOfOrNone = <const T extends readonly string[]>(options: T) =>
  setOf(v.pipe(value, v.picklist([...options, ''])));
const customField = v.custom<`custom.${string}`>(
  (value) => typeof value === 'string' && /^custom\..+/.test(value),
  'a custom field'
);
const dimension = v.union([v.picklist(dimensions), customField]);

/** Parts that are looked for, `noValue` among them: an empty one, which everything contains, asks for nothing. */
const part = v.optional(
  v.pipe(
    setOf(text),
    v.transform((values) => values.filter((value) => value !== ''))
  )
);
const parts = Object.fromEntries(partFilterNames.map((name) => [name, part])) as Record<PartFilter, typeof part>;

const conditionSchema = v.pipe(
  v.object({
    field: v.union([v.picklist(conditionFields), customField]),
    operator: v.picklist(operators),
    values: v.pipe(values, v.minLength(1)),
  }),
  v.check(
    (condition: Condition) =>
      !isComparison(condition) || (isSecondsField(condition.field) && condition.values.every(isNumber)),
    issueMessage(sentence('input.seconds', { fields: secondsFieldNames }))
  ),
  v.check(
    ({ field, operator, values }) =>
      field !== 'timeOfDay' || (!operator.endsWith('~') && values.every((value) => timesOf(value) !== null)),
    issueMessage(sentence('input.time-of-day'))
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const { operator, values } = dataset.typed ? dataset.value : { operator: '=', values: [] };
    const problem = operator.endsWith('~') ? firstProblem(values) : null;
    if (problem !== null) {
      addIssue({ message: issueMessage(problem) });
    }
  })
);

const filtersSchema = v.object({
  ...parts,
  direction: v.optional(setOf(v.picklist(directions))),
  disposition: v.optional(values),
  outcome: v.optional(setOf(v.picklist(outcomes))),
  queue: v.optional(values),
  agent: v.optional(values),
  team: v.optional(values),
  accountCode: v.optional(values),
  server: v.optional(values),
  dayOfWeek: v.optional(setOf(v.picklist(daysOfWeek))),
  timeOfDay: v.optional(
    setOf(
      v.pipe(
        text,
        v.check((value) => timesOf(value) !== null, issueMessage(sentence('input.time')))
      )
    )
  ),
  businessHours: v.optional(oneOfOrNone(businessHourValues)),
  did: v.optional(values),
  trunk: v.optional(values),
  callingAgent: v.optional(values),
  endedBy: v.optional(oneOfOrNone(talkEnds)),
  linkedId: v.optional(values),
  transferred: v.optional(setOf(v.picklist(transferredValues))),
  transferTarget: v.optional(values),
  pauseReason: v.optional(values),
  ...bounds,
  custom: v.optional(
    v.pipe(
      v.record(text, values),
      v.check(
        (fields) => Object.keys(fields).length <= maxConditions,
        issueMessage(sentence('input.fields', { most: maxConditions }))
      )
    )
  ),
  conditions: v.optional(v.pipe(v.array(conditionSchema), v.maxLength(maxConditions))),
});

const bandsSchema = v.pipe(
  v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxSeconds))),
  v.maxLength(maxBands),
  v.check(
    (bounds) => bounds.every((bound, place) => place === 0 || bound > bounds[place - 1]!),
    issueMessage(sentence('input.bands'))
  )
);

/** Fields of saved queries of other versions are left out. */
const querySchema = v.object({
  queryType: v.picklist(queryTypes),
  filters: v.optional(filtersSchema, {}),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxLimit)), 1000),
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxOffset)), 0),
  sortBy: v.optional(v.picklist(sortFields), 'startTime'),
  sortOrder: v.optional(v.picklist(['asc', 'desc']), 'desc'),
  metrics: v.optional(setOf(v.picklist(metricIds)), ['totalCalls']),
  groupBy: v.optional(v.pipe(listOf(dimension), v.maxLength(maxGroupBy)), []),
  top: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(maxTop)), 0),
  format: v.optional(v.picklist(['timeseries', 'table', 'heatmap', 'logs']), 'table'),
  interval: v.optional(v.pipe(v.string(), v.check(isInterval, issueMessage(sentence('input.interval')))), ''),
  legend: v.optional(text, ''),
  timeZone: v.optional(
    v.pipe(v.string(), v.transform(withoutDashboard), v.check(isZone, issueMessage(sentence('input.zone')))),
    'pbx'
  ),
  serviceLevelThreshold: v.optional(seconds, 0),
  shortAbandonThreshold: v.optional(seconds, 0),
  serviceLevelDefinition: v.optional(v.picklist(serviceLevelDefinitions), 'offered'),
  callBackHours: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(maxCallBackHours)), usualCallBackHours),
  repeatDays: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(maxRepeatDays)), usualRepeatDays),
  bands: v.optional(bandsSchema, []),
  columns: v.optional(setOf(v.picklist(Object.values(statusColumns).flat())), []),
  countBy: v.optional(setOf(v.picklist(countedBy)), []),
  annotationKinds: v.optional(v.pipe(setOf(v.picklist(annotationKinds)), v.minLength(1)), ['gap', 'restart']),
  shortestGap: v.optional(seconds, 60),
  burstCalls: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxLimit)), 10),
  burstMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440)), 5),
  live: v.optional(v.boolean(), false),
});

/** Fields that Grafana adds to every saved query; they carry nothing of the question. */
const grafanaFields = new Set([
  'refId',
  'datasource',
  'datasourceId',
  'hide',
  'key',
  'intervalMs',
  'maxDataPoints',
  'panelId',
  'queryCachingTTL',
  'rawQuery',
  'expr',
  'scopes',
]);

/**
 * A saved query made complete, older forms included; fields that only other versions have are ignored.
 * @throws InvalidQueryError that names each wrong type
 */
export function parseQuery(json: unknown): CdrQuery {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InvalidQueryError([sentence('query.not-object', { found: found(json) })]);
  }
  const own = Object.fromEntries(Object.entries(migrateQuery(json)).filter(([key]) => !grafanaFields.has(key)));
  const tooLarge = sizeProblem(own, questionSize) ?? tooManyPatterns(own);
  if (tooLarge !== null) {
    throw new InvalidQueryError([sentence('query.too-large'), tooLarge]);
  }
  const result = v.safeParse(querySchema, own);
  if (!result.success) {
    throw new InvalidQueryError([sentence('query.invalid'), ...describeIssues(result.issues)]);
  }
  const query = result.output as CdrQuery;
  checkMetrics(query.metrics, query.groupBy);
  checkHeatmap(query);
  checkLoads(query);
  checkColumns(query);
  return query;
}

/** Filters of a saved query that only other versions have. */
export function unknownFilters(json: unknown): string[] {
  const filters: unknown = (json as { filters?: unknown } | null)?.filters;
  return typeof filters === 'object' && filters !== null && !Array.isArray(filters)
    ? Object.keys(filters).filter((name) => !Object.hasOwn(filtersSchema.entries, name))
    : [];
}

/** Compiling a pattern costs: they are counted before. */
function tooManyPatterns({ filters }: Record<string, unknown>): Sentence | null {
  const conditions: unknown = (filters as { conditions?: unknown } | undefined)?.conditions;
  const patterns = (Array.isArray(conditions) ? conditions : [])
    .filter((condition: { operator?: unknown } | null) => String(condition?.operator).endsWith('~'))
    .flatMap((condition: { values?: unknown }) => condition.values);
  return patterns.length > maxPatterns
    ? sentence('query.patterns', { patterns: patterns.length, most: maxPatterns })
    : null;
}

function found(json: unknown): SentenceValue {
  const text = JSON.stringify(json) as string | undefined;
  return Array.isArray(json) ? sentence('query.list') : text === undefined ? sentence('query.nothing') : excerpt(text);
}

/** What the types of the fields can't tell. */
function checkMetrics(ids: MetricId[], groupBy: Dimension[]): void {
  if (ids.length === 0) {
    throw new InvalidQueryError([sentence('query.no-metrics', { metrics: Object.keys(metrics) })]);
  }
  const twice = groupBy.find((dimension, index) => groupBy.indexOf(dimension) !== index);
  if (twice) {
    throw new InvalidQueryError([sentence('query.group-twice', { fields: twice })]);
  }
  const bands = groupBy.filter(isBand);
  if (bands.length > 1) {
    throw new InvalidQueryError([sentence('query.two-bands', { fields: bands })]);
  }
}

function checkHeatmap({ queryType, format, metrics: ids, groupBy }: CdrQuery): void {
  if (queryType !== 'statistics' || format !== 'heatmap') {
    return;
  }
  if (ids.length > 1) {
    throw new InvalidQueryError([sentence('query.heatmap-metrics', { metrics: ids })]);
  }
  if (groupBy.join() !== heatmapGroups.join()) {
    throw new InvalidQueryError([sentence('query.heatmap-groups', { groups: groupBy, expected: heatmapGroups })]);
  }
}

function checkColumns({ queryType, columns, countBy }: CdrQuery): void {
  if (countBy.length > 0 && (queryType !== 'callsNow' || columns.length > 0)) {
    throw new InvalidQueryError([
      queryType === 'callsNow'
        ? sentence('query.count-and-columns', { columns, groups: countBy })
        : sentence('query.count-by', { groups: countBy, queryType }),
    ]);
  }
  const known: readonly string[] = queryType in statusColumns ? statusColumns[queryType as StatusQueryType] : [];
  const other = columns.find((column) => !known.includes(column));
  if (other) {
    throw new InvalidQueryError([
      known.length > 0
        ? sentence('query.columns', { column: other, queryType, known })
        : sentence('query.no-columns', { column: other, known: Object.keys(statusColumns), queryType }),
    ]);
  }
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** What is wrong with the first pattern that can't be used; null where all can. */
function firstProblem(patterns: readonly string[]): Sentence | null {
  try {
    patterns.forEach((pattern) => compilePattern(wholePattern(pattern)));
    return null;
  } catch (error) {
    if (error instanceof PatternError) {
      return error.text[0]!;
    }
    throw error;
  }
}

function isInterval(text: string): boolean {
  return text === '' || isOfPanel(text) || parseInterval(text) !== null;
}

/** The browser puts in a dashboard's zone before it asks; an alert rule's query comes as saved and has no dashboard. */
function withoutDashboard(zone: string): string {
  return zone === 'dashboard' ? 'pbx' : zone;
}

/** Whether it is `pbx` or the IANA name of a zone. */
export function isZone(zone: string): boolean {
  if (zone === 'pbx') {
    return true;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
