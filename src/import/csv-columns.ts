import { sentence } from '../sentences/sentence';
import { ImportError } from './import-error';
import { hasAsteriskNames, tableLayout } from './table-layout';

/** Field of the `Cdr` event (or label of a custom field) to value. */
type Row = Record<string, string>;

/** A line's values by what they are; null for a line that is no record. */
export type CsvColumns = (values: readonly string[]) => Row | null;

/** Columns of cdr_csv, in its order. Source: Asterisk cdr/cdr_csv.c, `build_csv_record`. */
const cdrCsv = [
  ...['AccountCode', 'Source', 'Destination', 'DestinationContext', 'CallerID', 'Channel', 'DestinationChannel'],
  ...['LastApplication', 'LastData', 'StartTime', 'AnswerTime', 'EndTime', 'Duration', 'BillableSeconds'],
  ...['Disposition', 'AMAFlags'],
];
/** `newcdrcolumns=yes` */
const newer = ['peeraccount', 'linkedid', 'sequence'];

/** Columns of cdr_custom, which writes a file of the same name. Source: Asterisk configs/samples/cdr_custom.conf.sample. */
const cdrCustom = [
  ...['CallerID', 'Source', 'Destination', 'DestinationContext', 'Channel', 'DestinationChannel', 'LastApplication'],
  ...['LastData', 'StartTime', 'AnswerTime', 'EndTime', 'Duration', 'BillableSeconds', 'Disposition', 'AMAFlags'],
  ...['AccountCode', 'UniqueID', 'UserField', 'sequence'],
];
/** Its columns from here on came one by one. */
const leastOfCustom = cdrCustom.indexOf('AMAFlags') + 1;

/**
 * How the columns of a file are known: by a first line that names them, by numbers that were chosen, else each line by
 * what stands in it, as cdr_csv and cdr_custom write them.
 *
 * @param first values of the first line
 * @param chosen Asterisk's name, or a custom field's label, to the column's name or its number from 1
 * @throws ImportError when names or numbers leave out what a record needs
 */
export function csvColumns(
  first: readonly string[],
  chosen: Readonly<Record<string, string>>
): { columns: CsvColumns; hasHeader: boolean } {
  const names = first.map((name) => name.replace(/^\uFEFF/, '').trim());
  const given = Object.values(chosen).filter((name) => name !== '');
  if (given.length > 0 && given.every((name) => /^\d+$/.test(name))) {
    return { columns: numbered(first.length, chosen), hasHeader: false };
  }
  const hasHeader = hasAsteriskNames(names) || given.some((name) => names.includes(name));
  return { columns: hasHeader ? named(names, chosen) : byContent, hasHeader };
}

/** What a line has and what was expected, as part of a sentence. */
export function unknownColumns(values: readonly string[]): ImportError {
  return new ImportError([sentence('import.unknown-csv', { columns: values.length })]);
}

function named(names: readonly string[], chosen: Readonly<Record<string, string>>): CsvColumns {
  const layout = tableLayout(names, chosen);
  const places = layout.columns.map(({ column, field }) => ({ field, place: names.indexOf(column) }));
  return (values) =>
    values.length < names.length
      ? null
      : Object.fromEntries(places.map(({ field, place }) => [field, values[place] ?? '']));
}

function numbered(count: number, chosen: Readonly<Record<string, string>>): CsvColumns {
  const numbers = Array.from({ length: count }, (_, place) => String(place + 1));
  const wanted = new Set(Object.values(chosen));
  const columns = named(
    numbers.filter((number) => wanted.has(number)),
    chosen
  );
  const places = numbers.flatMap((number, place) => (wanted.has(number) ? [place] : []));
  return (values) => columns(places.flatMap((place) => values[place] ?? []));
}

const byContent: CsvColumns = (values) =>
  [cdrCsvNames(values), cdrCustomNames(values)].reduce<Row | null>((found, names) => {
    const row = names && Object.fromEntries(names.map((name, place) => [name, values[place]!]));
    return found ?? (row && isRecord(row) ? row : null);
  }, null);

/** Which of `loguniqueid`, `loguserfield` and `newcdrcolumns` are on shows in their number and in the first one. */
function cdrCsvNames(values: readonly string[]): string[] | null {
  const more = values.length - cdrCsv.length;
  if (more < 0 || more > 5) {
    return null;
  }
  const isId = /^(.*-)?\d{9,10}\.\d+$/.test(values[cdrCsv.length] ?? '');
  const one = more === 1 || more === 4 ? [isId ? 'UniqueID' : 'UserField'] : [];
  const both = more === 2 || more === 5 ? ['UniqueID', 'UserField'] : [];
  return [...cdrCsv, ...one, ...both, ...(more >= 3 ? newer : [])];
}

function cdrCustomNames(values: readonly string[]): string[] | null {
  const isKnown = values.length >= leastOfCustom && values.length <= cdrCustom.length;
  return isKnown ? cdrCustom.slice(0, values.length) : null;
}

/** What a time looks like, also one that can't be. */
const time = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?|\d{9,10}(\.\d+)?)$/;
const disposition = /^([A-Z][A-Z ]+|\d{1,2})$/;

function isRecord(row: Row): boolean {
  const [start, answer, end] = [row.StartTime!, row.AnswerTime!, row.EndTime!];
  return (
    time.test(start) &&
    [answer, end].every((text) => text === '' || time.test(text)) &&
    disposition.test(row.Disposition!)
  );
}
