import { transferredValues } from '../../cdr/call';
import { isComparison, meetsEmpty, wholePattern, type Condition } from '../../cdr/conditions';
import { customLabel, noPauseReason, noValue, type OwnDimension } from '../../cdr/dimensions';
import {
  isSecondsField,
  partFilterNames,
  secondsBoundNames,
  secondsBounds,
  secondsFields,
  type ConditionField,
  type FactFilter,
  type SecondsField,
} from '../../cdr/filter-fields';
import { filtersFor, type CdrFilters } from '../../cdr/filters';
import type { Fact } from '../../cdr/measures';
import type { TeamTest } from '../../cdr/team-test';
import type { Binds } from './binds';
import { inHoursSql } from './hours-sql';
import { secondsSql } from './seconds-sql';
import { columnName } from './table';

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
  transfer: { table: 'transfer', time: 'transfer_time' },
  made: { table: 'call', time: 'start_time' },
  record: { table: 'record', time: 'start_time' },
  stretch: { table: 'agent_stretch', time: 'start_time' },
  lostCaller: { table: 'call', time: 'start_time' },
  contact: { table: 'call', time: 'start_time' },
};

const scalarFilters: Record<Exclude<FactFilter, 'queue' | 'agent' | 'transferred' | OfCall | OwnDimension>, string> = {
  direction: 'direction',
  disposition: 'disposition',
  accountCode: 'account_code',
  server: 'server',
  did: 'did',
  trunk: 'trunk',
  callingAgent: 'calling_agent',
  linkedId: 'linked_id',
};

/** What a record has of its call. */
const ofCall = ['outcome', 'endedBy'] as const;
type OfCall = (typeof ofCall)[number];

function isOfCall(field: string): field is OfCall {
  return ofCall.some((name) => name === field);
}

/** What facts of one kind have alone. */
const ofOneKind: Record<OwnDimension, { fact: Fact; value: string }> = {
  transferTarget: { fact: 'transfer', value: 'f.transfer_target' },
  pauseReason: {
    fact: 'stretch',
    value: `CASE WHEN f.paused THEN coalesce(nullif(f.pause_reason, ''), '${noPauseReason}') ELSE '' END`,
  },
};

function isOfOneKind(field: string): field is OwnDimension {
  return Object.hasOwn(ofOneKind, field);
}

/** Empty for facts of other kinds. */
function ofOneKindSql(fact: Fact, field: OwnDimension): string {
  const { fact: own, value } = ofOneKind[field];
  return fact === own ? value : "CAST('' AS VARCHAR)";
}

/** The facts of one kind as `f`, with what `binds` tells of what is asked of them: written after all that is asked. */
export function fromSql(fact: Fact, { joinsCall }: Binds, { table } = factTables[fact]): string {
  const call = joinsCall ? ' LEFT JOIN call c ON c.server = f.server AND c.linked_id = f.linked_id' : '';
  return `FROM ${table} f${call}`;
}

/** What a fact has of its call, empty where there is none. */
function ofCallSql(fact: Fact, field: OfCall, binds: Binds): string {
  return `coalesce(${columnOfCall(fact, field, binds)}, '')`;
}

/** The column of a fact that a field is; the agent of a call that was made is the one who made it. */
export function columnSql(fact: Fact, field: string): string {
  return `f.${columnName(fact === 'made' && field === 'agent' ? 'callingAgent' : field)}`;
}

/** By itself, as databases know how often each value is. */
function columnOfCall(fact: Fact, field: OfCall, binds: Binds): string {
  binds.joinsCall ||= fact === 'record';
  return `${fact === 'record' ? 'c' : 'f'}.${columnName(field)}`;
}

/** Whether the call of a fact was transferred. */
function transferredSql(fact: Fact, binds: Binds): string {
  const isCall = factTables[fact].table === factTables.call.table;
  binds.joinsCall ||= !isCall;
  const [yes, no] = transferredValues;
  return `CASE WHEN coalesce(${isCall ? 'f' : 'c'}.transfers, 0) > 0 THEN '${yes}' ELSE '${no}' END`;
}

/** Value of a custom field, empty where the row lacks it. */
function customSql(label: string, binds: Binds): string {
  return `coalesce(${binds.dialect.jsonText('f.custom', binds.text(binds.dialect.jsonKey(label)))}, '')`;
}

/** Conditions on `f`, the facts of one kind, that began in a range and pass filters. */
export function whereSql(fact: Fact, range: { from: number; to: number }, filters: CdrFilters, binds: Binds): string {
  const time = `f.${factTables[fact].time}`;
  const inRange = [`${time} >= ${binds.integer(range.from)}`, `${time} < ${binds.integer(range.to)}`];
  return [...inRange, ...filterConditions(fact, filters, binds)].join(' AND ');
}

/** The counterpart of `matchesFilters`. */
export function filterConditions(fact: Fact, given: CdrFilters, binds: Binds): string[] {
  const filters = filtersFor(fact, given);
  const time = `f.${factTables[fact].time}`;
  const conditions: string[] = fact === 'made' ? ["f.calling_agent <> ''"] : [];
  const oneOf = (values: readonly string[] | undefined, condition: (texts: string[]) => string): void => {
    if (values?.length) {
      conditions.push(condition(values.map((value) => binds.text(value))));
    }
  };
  for (const column of partFilterNames) {
    if (filters[column]?.length) {
      conditions.push(`(${filters[column].map((part) => partSql(`f.${column}`, part, binds)).join(' OR ')})`);
    }
  }
  for (const [name, column] of Object.entries(scalarFilters)) {
    oneOf(filters[name as FactFilter], (texts) => `f.${column} IN (${texts.join(', ')})`);
  }
  for (const name of ofCall) {
    const wanted: readonly string[] = filters[name] ?? [];
    const value = wanted.includes('') ? ofCallSql : columnOfCall;
    // Not before something is wanted of the call: records would be joined with it for nothing.
    oneOf(wanted, (texts) => `${value(fact, name, binds)} IN (${texts.join(', ')})`);
  }
  oneOf(filters.transferred, (texts) => `${transferredSql(fact, binds)} IN (${texts.join(', ')})`);
  for (const name of Object.keys(ofOneKind) as OwnDimension[]) {
    oneOf(filters[name], (texts) => `${ofOneKindSql(fact, name)} IN (${texts.join(', ')})`);
  }
  for (const name of ['queue', 'agent'] as const) {
    oneOf(filters[name], (texts) => {
      const hasOne = hasOneSql(fact, name, texts, binds);
      return filters[name]!.includes('') ? orNoneSql(fact, name, hasOne, binds) : hasOne;
    });
  }
  for (const name of secondsBoundNames) {
    const bound = filters[name];
    if (bound !== undefined) {
      const { field, operator } = secondsBounds[name];
      conditions.push(`${secondsFieldSql(fact, field, binds)} ${operator} ${binds.number(bound)}`);
    }
  }
  for (const [label, values] of Object.entries(filters.custom ?? {})) {
    oneOf(values, (texts) => `${customSql(label, binds)} IN (${texts.join(', ')})`);
  }
  for (const condition of filters.conditions ?? []) {
    conditions.push(conditionSql(fact, condition, binds));
  }
  for (const test of filters.teamTests ?? []) {
    conditions.push(teamTestSql(fact, test, binds));
  }
  for (const { hours, isNot, clock } of filters.hourTests ?? []) {
    const isIn = inHoursSql(hours, clock, time, binds);
    conditions.push(isNot ? `NOT ${isIn}` : isIn);
  }
  return conditions;
}

/** Whether a number has a part; `noValue` is that of one who has no number. */
function partSql(column: string, part: string, binds: Binds): string {
  const { lower, contains } = binds.dialect;
  return part === noValue ? `${column} = ''` : contains(lower(column), lower(binds.text(part)));
}

/** Whether a fact's queue or agent, any of them where it has several, is one of some. */
function hasOneSql(fact: Fact, name: 'queue' | 'agent', texts: readonly string[], { dialect }: Binds): string {
  return isListColumn(fact, name)
    ? dialect.hasAny(`f.${name}s`, texts)
    : `${columnSql(fact, name)} IN (${texts.join(', ')})`;
}

/** A condition on a fact's queues or agents that also holds where it has none. */
function orNoneSql(fact: Fact, name: 'queue' | 'agent', condition: string, { dialect }: Binds): string {
  return isListColumn(fact, name)
    ? `(${condition} OR NOT (${dialect.hasSome(`f.${name}s`, () => '1 = 1')}))`
    : condition;
}

/** The counterpart of `meetsTeamTest`. */
function teamTestSql(fact: Fact, { agents, noneOf, isNot }: TeamTest, binds: Binds): string {
  const hasOne = (some: readonly string[]): string =>
    some.length === 0
      ? '1 = 0'
      : hasOneSql(
          fact,
          'agent',
          some.map((agent) => binds.text(agent)),
          binds
        );
  const passes = noneOf === null ? hasOne(agents) : `(${hasOne(agents)} OR NOT (${hasOne(noneOf)}))`;
  return isNot ? `NOT (${passes})` : passes;
}

function isListColumn(fact: Fact, name: ConditionField): name is 'queue' | 'agent' {
  const { table } = factTables[fact];
  return name === 'queue'
    ? table === 'call' || fact === 'stretch'
    : name === 'agent' && table === 'call' && fact !== 'made';
}

/** The counterpart of `meetsCondition`. */
function conditionSql(fact: Fact, condition: Condition, binds: Binds): string {
  const { field, operator } = condition;
  if (isComparison(condition)) {
    const seconds = secondsFieldSql(fact, condition.field, binds);
    return condition.values
      .map((bound) => `${seconds} ${condition.operator} ${binds.number(Number(bound))}`)
      .join(' AND ');
  }
  const isMet = isListColumn(fact, field)
    ? listTestSql(fact, field, condition, binds)
    : valueTestSql(valueSql(fact, field, binds), condition, binds);
  return operator.startsWith('!') ? `NOT (${isMet})` : isMet;
}

function listTestSql(fact: Fact, field: 'queue' | 'agent', condition: Condition, binds: Binds): string {
  const hasSome = binds.dialect.hasSome(`f.${field}s`, (text) => valueTestSql(text, condition, binds));
  return meetsEmpty(condition) ? orNoneSql(fact, field, hasSome, binds) : hasSome;
}

/** The one value of a fact's field, empty where it has none. */
export function valueSql(fact: Fact, field: ConditionField, binds: Binds): string {
  const label = customLabel(field);
  if (label !== null) {
    return customSql(label, binds);
  }
  if (isSecondsField(field)) {
    const whole = `CAST(floor(${secondsFieldSql(fact, field, binds)}) AS BIGINT)`;
    return `coalesce(${binds.dialect.toText(whole)}, '')`;
  }
  if (field === 'transferred') {
    return transferredSql(fact, binds);
  }
  if (isOfOneKind(field)) {
    return ofOneKindSql(fact, field);
  }
  return isOfCall(field) ? ofCallSql(fact, field, binds) : columnSql(fact, field);
}

/** Null where the fact has none: what is compared with that lets nothing through. */
function secondsFieldSql(fact: Fact, field: SecondsField, binds: Binds): string {
  const phase = secondsFields[field];
  return phase === null ? 'f.duration' : `(${secondsSql(fact, phase, binds) ?? 'CAST(NULL AS BIGINT)'})`;
}

function valueTestSql(value: string, { operator, values }: Condition, binds: Binds): string {
  return operator.endsWith('~')
    ? `(${values.map((one) => matchesSql(value, wholePattern(one), binds)).join(' OR ')})`
    : `${value} IN (${values.map((one) => binds.text(one)).join(', ')})`;
}

function matchesSql(value: string, re2: string, binds: Binds): string {
  const { matches, pattern } = binds.dialect;
  return matches(value, binds.text(pattern(re2)));
}
