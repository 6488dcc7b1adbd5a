/** Columns of cdr_csv, in its order. Source: Asterisk cdr/cdr_csv.c, `build_csv_record`. */
const always = [
  'AccountCode',
  'Source',
  'Destination',
  'DestinationContext',
  'CallerID',
  'Channel',
  'DestinationChannel',
  'LastApplication',
  'LastData',
  'StartTime',
  'AnswerTime',
  'EndTime',
  'Duration',
  'BillableSeconds',
  'Disposition',
  'AMAFlags',
] as const;

/** `newcdrcolumns=yes` */
const newer = ['peeraccount', 'linkedid', 'sequence'];

/** A line of Master.csv by the fields of the `Cdr` event; null for a line that cdr_csv did not write. */
export function csvRow(values: readonly string[]): Record<string, string> | null {
  const more = values.length - always.length;
  if (more < 0 || more > 5) {
    return null;
  }
  const names = [...always, ...optionalNames(more, values[always.length] ?? '')];
  return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
}

/** Which of `loguniqueid`, `loguserfield` and `newcdrcolumns` are on shows in their number and in the first one. */
function optionalNames(more: number, first: string): string[] {
  const ids = more === 1 || more === 4 ? [/^(.*-)?\d{9,10}\.\d+$/.test(first) ? 'UniqueID' : 'UserField'] : [];
  const both = more === 2 || more === 5 ? ['UniqueID', 'UserField'] : [];
  return [...ids, ...both, ...(more >= 3 ? newer : [])];
}
