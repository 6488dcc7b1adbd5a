import { filtersFor, type CdrFilters, type ListFilter } from '../../cdr/filters';
import type { Fact } from '../../cdr/measures';
import type { Binds } from './binds';

/** Where the facts of one kind stand. */
export interface FactTable {
  table: string;
  /** Column of the time that decides the time bucket. */
  time: string;
}

export const factTables: Record<Fact, FactTable> = {
  call: { table: 'call', time: 'start_time' },
  visit: { table: 'queue_visit', time: 'join_time' },
  leg: { table: 'agent_leg', time: 'start_time' },
  record: { table: 'record', time: 'start_time' },
  stretch: { table: 'agent_stretch', time: 'start_time' },
};

const scalarFilters: Record<Exclude<ListFilter, 'queue' | 'agent' | 'outcome'>, string> = {
  direction: 'direction',
  disposition: 'disposition',
  accountCode: 'account_code',
  server: 'server',
  linkedId: 'linked_id',
};

/** The outcome of a fact: a record has that of its call. */
export function outcomeSql(fact: Fact): string {
  return fact === 'record'
    ? '(SELECT c.outcome FROM call c WHERE c.server = f.server AND c.linked_id = f.linked_id)'
    : 'f.outcome';
}

/** Value of a custom field, empty where the row lacks it. JSON pointer: RFC 6901. */
export function customSql(label: string, binds: Binds): string {
  const pointer = `/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return `coalesce(json_extract_string(f.custom, ${binds.text(pointer)}), '')`;
}

/** Conditions on `f`, the facts of one kind, in a range and with filters: the counterpart of `matchesFilters`. */
export function whereSql(fact: Fact, range: { from: number; to: number }, given: CdrFilters, binds: Binds): string {
  const filters = filtersFor(fact, given);
  const time = `f.${factTables[fact].time}`;
  const conditions = [`${time} >= ${binds.integer(range.from)}`, `${time} < ${binds.integer(range.to)}`];
  const oneOf = (values: readonly string[] | undefined, condition: (list: string) => string): void => {
    if (values?.length) {
      conditions.push(condition(values.map((value) => binds.text(value)).join(', ')));
    }
  };
  for (const column of ['source', 'destination'] as const) {
    const part = filters[column];
    if (part) {
      conditions.push(`contains(lower(f.${column}), lower(${binds.text(part)}))`);
    }
  }
  for (const [name, column] of Object.entries(scalarFilters)) {
    oneOf(filters[name as ListFilter], (list) => `f.${column} IN (${list})`);
  }
  oneOf(filters.outcome, (list) => `coalesce(${outcomeSql(fact)}, '') IN (${list})`);
  for (const name of ['queue', 'agent'] as const) {
    const isList = fact === 'call' || (fact === 'stretch' && name === 'queue');
    oneOf(filters[name], (list) =>
      isList ? `list_has_any(f.${name}s, [${list}]::VARCHAR[])` : `f.${name} IN (${list})`
    );
  }
  if (filters.minDuration !== undefined) {
    conditions.push(`f.duration >= ${binds.number(filters.minDuration)}`);
  }
  if (filters.maxDuration !== undefined) {
    conditions.push(`f.duration <= ${binds.number(filters.maxDuration)}`);
  }
  for (const [label, values] of Object.entries(filters.custom ?? {})) {
    oneOf(values, (list) => `${customSql(label, binds)} IN (${list})`);
  }
  return conditions.join(' AND ');
}
