import { sentence, type Sentence } from '../sentences/sentence';
import { ImportError } from './import-error';

/** Asterisk's names of CDR fields, as its backends name their columns, and how the `Cdr` event names the same. */
const eventNames = {
  calldate: 'StartTime',
  start: 'StartTime',
  answer: 'AnswerTime',
  end: 'EndTime',
  clid: 'CallerID',
  src: 'Source',
  dst: 'Destination',
  dcontext: 'DestinationContext',
  channel: 'Channel',
  dstchannel: 'DestinationChannel',
  lastapp: 'LastApplication',
  lastdata: 'LastData',
  duration: 'Duration',
  billsec: 'BillableSeconds',
  disposition: 'Disposition',
  amaflags: 'AMAFlags',
  accountcode: 'AccountCode',
  uniqueid: 'UniqueID',
  userfield: 'UserField',
  linkedid: 'linkedid',
  sequence: 'sequence',
} as const;

type CdrName = keyof typeof eventNames;

/** Without these no call can be told, or a record that came live too not be known again. */
const required: readonly CdrName[] = [
  'start',
  'src',
  'dst',
  'channel',
  'dstchannel',
  'lastapp',
  'duration',
  'billsec',
  'disposition',
  'uniqueid',
];

/** What a kind of table has for columns. */
export interface ColumnPlan {
  /** The names that Asterisk gives columns, in lower case, to what each stands for. */
  fields: Readonly<Record<string, string>>;
  /** Without these nothing can be read. */
  required: readonly string[];
  /** What the rows are ordered by. */
  time: string;
  /** What tells apart all rows that are not the same. */
  order: readonly string[];
  /** Columns of other names that say nothing; all others are custom fields. Null where all other columns say nothing. */
  ignored: ReadonlySet<string> | null;
}

/** Which columns are read, and the field of a `Cdr` event that each stands for: its name, or a custom field's label. */
export interface TableLayout {
  columns: ReadonlyArray<{ column: string; field: string }>;
  /** Column of the start. */
  time: string;
  /** Columns that tell apart all rows which are not the same record. */
  order: readonly string[];
}

export const cdrColumns: ColumnPlan = {
  fields: eventNames,
  required,
  time: 'StartTime',
  order: [...required, 'sequence'],
  // Numbers of the rows themselves.
  ignored: new Set(['id', 'acctid']),
};

/**
 * Finds Asterisk's fields among the columns of a table. Of records, columns that are none of them are custom fields.
 *
 * @param configured columns whose names are not Asterisk's: its name, or a custom field's label, to the column's name
 * @throws ImportError that names the columns found
 */
export function tableLayout(
  found: readonly string[],
  configured: Readonly<Record<string, string>>,
  plan = cdrColumns
): TableLayout {
  const wanted = Object.entries(configured).filter(([, column]) => column !== '');
  const unknown = wanted.filter(([, column]) => !found.includes(column));
  if (unknown.length > 0) {
    throw new ImportError([
      ...unknown.map(([name, column]) => sentence('import.no-column', { column: JSON.stringify(column), name })),
      listed(found),
    ]);
  }
  const named = new Map(wanted.map(([name, column]) => [column, name]));
  const names = new Map(wanted.map(([name]) => [name.toLowerCase(), name]));
  const columns = found.flatMap((column) => {
    const name = named.get(column) ?? column;
    const isTaken = !named.has(column) && names.has(column.toLowerCase());
    return isTaken || isIgnored(name, plan) ? [] : [{ column, name, field: fieldOf(name, plan) }];
  });
  // A table may have both: calldate is then when the row was written, or the same.
  const hasStart = columns.some(({ name }) => name.toLowerCase() === 'start');
  const read = columns.filter(({ name }) => !(hasStart && name.toLowerCase() === 'calldate'));
  const columnsOf = (name: string): string[] =>
    read.filter(({ field }) => field === plan.fields[name]).map(({ column }) => column);
  const lacking = plan.required.filter((name) => columnsOf(name).length === 0);
  if (lacking.length > 0) {
    throw new ImportError([
      sentence('import.lacks-columns', { columns: lacking }),
      listed(found),
      sentence('import.lacks-columns-advice'),
    ]);
  }
  return {
    columns: read.map(({ column, field }) => ({ column, field })),
    time: read.find(({ field }) => field === plan.time)!.column,
    order: plan.order.flatMap(columnsOf),
  };
}

/** Whether names are those of columns: a line of a file that has them is none of values. */
export function hasAsteriskNames(names: readonly string[]): boolean {
  const known = new Set(names.map((name) => eventNames[name.trim().toLowerCase() as CdrName]));
  return known.has('StartTime') && known.has('Source') && known.has('Destination');
}

function isIgnored(name: string, { fields, ignored }: ColumnPlan): boolean {
  const lower = name.toLowerCase();
  return ignored?.has(lower) ?? !Object.hasOwn(fields, lower);
}

function fieldOf(name: string, { fields }: ColumnPlan): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(fields, lower) ? fields[lower]! : name;
}

function listed(found: readonly string[]): Sentence {
  return sentence('import.has-columns', { columns: found });
}
