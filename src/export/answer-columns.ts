import type { Answer, AnswerField } from '../answers/answer';
import { namedFields, nameIn } from '../answers/field-names';
import { textsOf } from '../answers/value-mappings';
import type { Directory } from '../cdr/directory';
import { InvalidQueryError } from '../query/invalid-query-error';
import type { Cell, ExportColumn } from './export-columns';
import type { SeenText } from './seen-text';
import { sentence } from '../sentences/sentence';

/** The wall clock of a PBX, or of the question where a row names none: seconds ahead of UTC at an instant. */
export type OffsetOf = (server: string | null, instant: number) => number;

/** What a column is made of: a field of an answer, or of the data frame that a panel shows of it. */
interface ShownField {
  name: string;
  type: string;
  labels?: Readonly<Record<string, string>>;
  config: { displayNameFromDS?: string };
}

/** A column of a file. */
export interface AnswerColumn<F> {
  name: string;
  title: string;
  field: F;
  /** Whether it holds the names of the field's ids. */
  isName: boolean;
}

/**
 * The columns that a file of an answer can have: one a field, called by its name, or what it is of in a time series; then the
 * names of ids. Two that are called alike, as masked numbers may be, are numbered.
 */
export function answerColumns<F extends ShownField>(fields: readonly F[]): Array<AnswerColumn<F>> {
  const often = new Map<string, number>();
  const own = fields.map((field): AnswerColumn<F> => {
    const title = field.config.displayNameFromDS ?? field.name;
    const name = isOfGroup(field) ? title : field.name;
    const count = (often.get(name) ?? 0) + 1;
    often.set(name, count);
    return { name: count === 1 ? name : `${name} (${count})`, title, field, isName: false };
  });
  const ids = own.filter(({ field: { name, type } }) => type === 'string' && namedFields.includes(name));
  return [
    ...own,
    ...ids.map(({ name, title, field }) => ({ name: `${name}Name`, title: `${title} name`, field, isName: true })),
  ];
}

/**
 * The columns of a file of an answer, whose rows are counted from 0: those that are chosen, in their order, else all, with those
 * of names where the directory has any.
 * @param answer as whoever asks may see it
 * @throws InvalidQueryError when a chosen column is none
 */
export function answerFileColumns(
  { fields }: Answer,
  chosen: readonly string[],
  offsetOf: OffsetOf,
  seen: SeenText,
  directory: Directory
): Array<ExportColumn<number>> {
  const servers = fields.find(({ name, type }) => name === 'server' && type === 'string')?.values;
  const utcOffset = (row: number, instant: number): number => offsetOf((servers?.[row] as string) ?? null, instant);
  const all = answerColumns(fields);
  const wanted =
    chosen.length > 0
      ? chosen.map((name) => all.find((one) => one.name === name) ?? unknown(name, all))
      : all.filter(({ isName }) => !isName || !directory.isEmpty);
  return wanted.map(({ name, title, field, isName }) => ({
    name,
    title,
    utcOffset: isTime(field) ? utcOffset : null,
    value: isName ? namesOf(field, seen, directory) : cellsOf(field),
  }));
}

/** Whether it is one of several time series of a figure. */
function isOfGroup({ labels = {} }: ShownField): boolean {
  return Object.keys(labels).length > 0;
}

/** Figures such as a log-in are times too, which panels show by their unit. */
function isTime({ type, config }: AnswerField): boolean {
  return type === 'time' || config.unit === 'dateTimeAsIso';
}

/** Ids as they are; the group of what has none reads as in the panel. */
function cellsOf({ values, config }: AnswerField): (row: number) => Cell {
  const none = new Map(textsOf(config.mappings)).get('') ?? '';
  return (row) => (values[row] === '' ? none : (values[row] as Cell));
}

function namesOf(
  { name, isList, origin = 'free', values }: AnswerField,
  seen: SeenText,
  directory: Directory
): (row: number) => string {
  return (row) => {
    const text = String(values[row] ?? '');
    const names = (isList ? text.split(', ') : [text]).map((id) => nameIn(directory, name, id));
    return names
      .filter(Boolean)
      .map((one) => seen(origin, one))
      .join(', ');
  };
}

function unknown(name: string, all: ReadonlyArray<{ name: string }>): never {
  throw new InvalidQueryError([sentence('export.no-field', { field: `"${name}"`, known: all.map((one) => one.name) })]);
}
