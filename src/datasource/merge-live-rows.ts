import { MappingType, type DataFrame, type Field, type QueryResultMetaNotice } from '@grafana/data';
import { withinLimit } from '../answers/row-limit';
import { sayText } from '../say/say-text';
import type { CdrQuery, QueryType } from '../query/model';

/** How live rows are put into those that were asked for. */
export interface MergeRules extends Pick<CdrQuery, 'sortOrder' | 'limit'> {
  /** Fields that tell two rows apart. */
  keys: readonly string[];
  /** Field of the time that a row counts at. */
  time: string;
  sortBy: string;
  /** Rows that count before it have left the range. Epoch milliseconds. */
  earliest: number;
}

const keyFields = {
  calls: ['server', 'linkedId'],
  records: ['server', 'uniqueId', 'sequence', 'channel', 'destinationChannel', 'startTime'],
} as const satisfies Partial<Record<QueryType, readonly string[]>>;

/** The rules of a query whose answer is rows that live frames add to; null for the others, which arrive whole. */
export function mergeRules(query: CdrQuery, earliest: number): MergeRules | null {
  const { queryType, format, sortBy, sortOrder, limit } = query;
  if (queryType !== 'records' && queryType !== 'calls') {
    return null;
  }
  return format === 'logs'
    ? { keys: ['id'], time: 'timestamp', sortBy: 'timestamp', sortOrder, limit, earliest }
    : { keys: keyFields[queryType], time: 'startTime', sortBy, sortOrder, limit, earliest };
}

interface Row {
  frame: DataFrame;
  index: number;
}

/**
 * Puts rows that are new or changed into a frame: a row of the same key is replaced, the rest is added; then sorted as
 * the query asks and cut to its limit and range. Fields are matched by name; one that only one side has is null in the
 * rows of the other. Both frames stay as they are.
 */
export function mergeLiveRows(base: DataFrame, live: DataFrame, rules: MergeRules): DataFrame {
  const rows = new Map<string, Row>();
  for (const frame of [base, live]) {
    const keys = rules.keys.map((name) => valuesOf(frame, name));
    for (let index = 0; index < frame.length; index++) {
      rows.set(JSON.stringify(keys.map((values) => values?.[index] ?? null)), { frame, index });
    }
  }
  const inRange = [...rows.values()].filter((row) => isWithin(row, rules)).sort(comparing(rules));
  const { rows: kept, notices } = withinLimit(inRange, rules.limit);
  const added = live.fields.filter(({ name }) => valuesOf(base, name) === undefined);
  return {
    ...base,
    meta: withNotices(
      base.length === 0 && kept.length > 0 ? withoutInfo(base.meta) : base.meta,
      notices.map(({ severity, text }) => ({ severity, text: sayText(text) }))
    ),
    fields: [...base.fields, ...added].map((field) => fieldOf(field, kept, base, live)),
    length: kept.length,
  };
}

/** The calls that a frame has rows of, as texts that are equal for one call. A line of a log names its call by labels. */
export function callsOf(frame: DataFrame): string[] {
  const [servers, linkedIds, labels] = ['server', 'linkedId', 'labels'].map((name) => valuesOf(frame, name));
  return Array.from({ length: frame.length }, (_, index) => {
    const line = (labels?.[index] ?? {}) as Record<string, unknown>;
    return JSON.stringify([servers?.[index] ?? line.server ?? '', linkedIds?.[index] ?? line.linkedId ?? '']);
  });
}

/** A frame without the rows of some calls; the same where it has none of them. */
export function withoutCalls(frame: DataFrame, calls: ReadonlySet<string>): DataFrame {
  const kept = callsOf(frame).flatMap((call, index) => (calls.has(call) ? [] : [index]));
  return kept.length === frame.length
    ? frame
    : {
        ...frame,
        fields: frame.fields.map((field) => ({
          ...field,
          values: kept.map((index) => field.values[index] as unknown),
        })),
        length: kept.length,
      };
}

/** Whether a row has left the range, which moves. */
export function hasLeft(frame: DataFrame, { time, earliest }: MergeRules): boolean {
  return (valuesOf(frame, time) ?? []).some((start) => typeof start === 'number' && start < earliest);
}

/** Why an answer had no rows, which it says as information, holds no more once it has some. */
function withoutInfo(meta: DataFrame['meta']): DataFrame['meta'] {
  return meta && { ...meta, notices: meta.notices?.filter(({ severity }) => severity !== 'info') };
}

/** Each notice once. */
function withNotices(meta: DataFrame['meta'], notices: readonly QueryResultMetaNotice[]): DataFrame['meta'] {
  const known = meta?.notices ?? [];
  const added = notices.filter(({ text }) => !known.some((notice) => notice.text === text));
  return added.length === 0 ? meta : { ...meta, notices: [...known, ...added] };
}

function valuesOf(frame: DataFrame, name: string): unknown[] | undefined {
  return frame.fields.find((field) => field.name === name)?.values;
}

function valueOf(row: Row, name: string): unknown {
  return valuesOf(row.frame, name)?.[row.index] ?? null;
}

function isWithin(row: Row, { time, earliest }: MergeRules): boolean {
  const start = valueOf(row, time);
  return typeof start !== 'number' || start >= earliest;
}

/** Rows without a value come last either way, as in the store. */
function comparing({ sortBy, sortOrder }: MergeRules): (a: Row, b: Row) => number {
  const sign = sortOrder === 'asc' ? 1 : -1;
  return (rowA, rowB) => {
    const a = valueOf(rowA, sortBy) as string | number | null;
    const b = valueOf(rowB, sortBy) as string | number | null;
    if (a === null || b === null) {
      return Number(a === null) - Number(b === null);
    }
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  };
}

/** Rows that come live may be of ids whose names the others did not need. */
function namedAlike({ name, config }: Field, live: DataFrame): Field['config'] {
  const more = live.fields.find((field) => field.name === name)?.config.mappings;
  if (!more || more === config.mappings) {
    return config;
  }
  const options = [...(config.mappings ?? []), ...more].flatMap((mapping) =>
    mapping.type === MappingType.ValueToText ? Object.entries(mapping.options) : []
  );
  return { ...config, mappings: [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }] };
}

function fieldOf(field: Field, rows: readonly Row[], base: DataFrame, live: DataFrame): Field {
  const columns = new Map([base, live].map((frame) => [frame, valuesOf(frame, field.name)]));
  return {
    name: field.name,
    type: field.type,
    config: namedAlike(field, live),
    ...(field.labels && { labels: field.labels }),
    values: rows.map(({ frame, index }) => columns.get(frame)?.[index] ?? null),
  };
}
