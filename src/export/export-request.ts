import * as v from 'valibot';
import { describeIssues, issueMessage } from '../settings/describe-issues';
import { sizeProblem, type SizeBounds } from '../settings/size-problem';
import type { TimeRange } from '../answers/answer';
import type { CdrQuery, SavedQuery } from '../query/model';
import { InvalidQueryError } from '../query/invalid-query-error';
import { isZone, parseQuery, unknownFilters } from '../query/parse-query';
import { maxLimit } from '../query/question-bounds';
import { parseRange } from '../query/parse-range';
import { sentence, type Sentence } from '../sentences/sentence';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/**
 * How times are written: ISO 8601 with offset, `2026-11-24 13:00:00`, epoch milliseconds, `24.11.2026 13:00:00` or
 * `11/24/2026 13:00:00`.
 */
export const dateFormats = ['iso', 'plain', 'epoch', 'day-first', 'month-first'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** How the rows of a file are written. */
export interface ExportLayout {
  format: ExportFormat;
  /** Names of the columns in their order, `custom.<label>` for custom fields; empty for all. */
  fields: string[];
  dateFormat: DateFormat;
  /** `pbx` for each row's own, or an IANA name. */
  timeZone: string;
  /** Whether CSV begins with the titles of the columns. */
  header: boolean;
}

/** Whose rows are meant: all of a range (epoch milliseconds, `to` exclusive) that pass the filters, limit or no limit. */
export interface ExportSelection extends TimeRange {
  query: CdrQuery;
}

export interface ExportRequest extends ExportSelection, ExportLayout {
  /** What whoever asks chose to ask for the progress with. */
  id: string;
}

/** A selection whose query is as saved, variables put in. */
export interface SavedSelection {
  query: Omit<SavedQuery, 'refId'>;
  from: number;
  to: number;
  /** Of the panel, by which a question that names no interval chooses its own. Milliseconds. */
  intervalMs?: number;
}

/** Parameters that `parseSelection` reads. */
export function selectionParameters({ query, from, to, intervalMs }: SavedSelection): Record<string, string> {
  const interval: Record<string, string> =
    intervalMs === undefined ? {} : { intervalMs: String(Math.ceil(intervalMs)) };
  return { query: JSON.stringify(query), from: String(from), to: String(to), ...interval };
}

/** Parameters that `parseExportRequest` reads: one `field` for each, since the label of a custom field may hold a comma. */
export function exportParameters(selection: SavedSelection, layout: ExportLayout, id: string): URLSearchParams {
  const { fields, header, ...others } = layout;
  const parameters = new URLSearchParams({ ...selectionParameters(selection), ...others, header: String(header), id });
  fields.forEach((name) => parameters.append('field', name));
  return parameters;
}

const wholeNumber = (problem: Sentence) =>
  v.pipe(
    v.string(),
    v.check((text) => /^\d+$/.test(text), issueMessage(problem)),
    v.transform(Number)
  );
const epoch = wholeNumber(sentence('input.epoch'));
/** Columns that a file may have; spreadsheets take some thousand, and each row is written with all of them. */
const mostColumns = 500;

const selection = {
  query: v.string(),
  from: epoch,
  to: epoch,
  intervalMs: v.optional(wholeNumber(sentence('input.milliseconds'))),
};
const selectionSchema = v.strictObject(selection);
const exportSchema = v.strictObject({
  ...selection,
  id: v.pipe(
    v.string(),
    v.check((text) => /^[\w-]{8,64}$/.test(text), issueMessage(sentence('input.id')))
  ),
  format: v.optional(v.picklist(exportFormats), 'csv'),
  field: v.pipe(
    v.array(v.string()),
    v.check((names) => names.length <= mostColumns, issueMessage(sentence('input.columns', { most: mostColumns }))),
    v.check((names) => new Set(names).size === names.length, issueMessage(sentence('input.column-twice')))
  ),
  dateFormat: v.optional(v.picklist(dateFormats), 'iso'),
  timeZone: v.optional(v.pipe(v.string(), v.check(isZone, issueMessage(sentence('input.zone')))), 'pbx'),
  header: v.optional(v.picklist(['true', 'false']), 'true'),
});

/** @throws InvalidQueryError that names each parameter that is unknown, missing or wrong */
export function parseSelection(parameters: URLSearchParams): ExportSelection {
  return selectionOf(parsed(selectionSchema, Object.fromEntries(parameters)));
}

/** @throws InvalidQueryError that names each parameter that is unknown, missing or wrong */
export function parseExportRequest(parameters: URLSearchParams): ExportRequest {
  const given = { ...Object.fromEntries(parameters), field: parameters.getAll('field') };
  const { field, header, ...rest } = parsed(exportSchema, given);
  return { ...rest, ...selectionOf(rest), fields: field, header: header === 'true' };
}

/**
 * Of a file with all columns, custom fields of its rows included.
 * @throws InvalidQueryError when they are too many
 */
export function checkColumnCount(customFields: number): void {
  if (customFields > mostColumns) {
    throw new InvalidQueryError([sentence('export.columns', { columns: customFields, most: mostColumns })]);
  }
}

/** How large the parameters may be; the query in them has bounds of its own. */
const parametersSize: SizeBounds = { values: 100_000, entries: 100_000, text: 300_000, texts: 1_000_000, depth: 2 };

function parsed<T extends v.GenericSchema>(schema: T, parameters: object): v.InferOutput<T> {
  const tooLarge = sizeProblem(parameters, parametersSize);
  if (tooLarge !== null) {
    throw new InvalidQueryError([sentence('export.invalid'), tooLarge]);
  }
  const result = v.safeParse(schema, parameters);
  if (!result.success) {
    throw new InvalidQueryError([sentence('export.invalid'), ...describeIssues(result.issues)]);
  }
  return result.output;
}

/** Time buckets of a range where neither the query nor the panel names their width, about as many as a panel shows. */
const usualBuckets = 1_000;

function selectionOf({ query, intervalMs, ...given }: v.InferOutput<typeof selectionSchema>): ExportSelection {
  const range = parseRange(given);
  const saved = fromJson(query);
  const unknown = unknownFilters(saved);
  if (unknown.length > 0) {
    // A panel says so beside its rows; a file would seem to hold what was asked for.
    const why = sentence('export.unknown-filters', { filters: unknown });
    throw new InvalidQueryError([sentence('export.invalid'), why]);
  }
  return {
    ...range,
    query: { ...parseQuery(saved), limit: maxLimit, offset: 0 },
    intervalMs: intervalMs ?? Math.ceil((range.to - range.from) / usualBuckets),
  };
}

function fromJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new InvalidQueryError([sentence('export.not-json', { found: json.slice(0, 100) })]);
  }
}
