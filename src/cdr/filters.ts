import { transferredValues, type Outcome } from './call';
import { isComparison, meetsComparison, meetsCondition, type Condition } from './conditions';
import { customLabel, customText, noValue } from './dimensions';
import type { FactRow } from './fact-rows';
import {
  factFilterNames,
  isSecondsField,
  partFilterNames,
  secondsBoundNames,
  secondsBounds,
  secondsFields,
  type ConditionField,
  type FactFilter,
  type SecondsBound,
  type SecondsField,
} from './filter-fields';
import { meetsHourTest, type HourTest } from './hour-test';
import type { Fact } from './measures';
import type { Direction } from './record';
import type { TalkEnd } from './talk-end';
import { meetsTeamTest, type TeamTest } from './team-test';

/** Every list means one of; an absent or empty filter lets everything through. Durations in seconds. */
export interface CdrFilters extends Partial<Record<SecondsBound, number>> {
  /** Any of which is contained in the source, in any case of letters. */
  source?: string[];
  /** Any of which is contained in the destination, in any case of letters. */
  destination?: string[];
  direction?: Direction[];
  disposition?: string[];
  outcome?: Outcome[];
  /** Any queue that the call visited. */
  queue?: string[];
  /** Any agent who answered the call. */
  agent?: string[];
  /** Any team of those agents; facts are looked at with `teamTests` in its place. */
  team?: string[];
  accountCode?: string[];
  /** Such as Monday; facts are looked at with `hourTests` in the place of this and the next two. */
  dayOfWeek?: string[];
  /** Such as `08:00-18:00` or `22:00-06:00`. */
  timeOfDay?: string[];
  /** `in hours` or `out of hours`. */
  businessHours?: string[];
  server?: string[];
  /** Number first dialled. */
  did?: string[];
  trunk?: string[];
  callingAgent?: string[];
  endedBy?: TalkEnd[];
  /** Call id. */
  linkedId?: string[];
  /** `yes` or `no`: whether the call was transferred. */
  transferred?: string[];
  /** Where a transfer led: lets through transfers alone. */
  transferTarget?: string[];
  /** What agents were paused for: lets through their log-in times alone. */
  pauseReason?: string[];
  /** Custom field label to its accepted values. */
  custom?: Record<string, string[]>;
  /** Ad hoc filters, all of which must hold. */
  conditions?: Condition[];
  /** Filters by teams, as `withoutTeams` makes them; a question never holds any. */
  teamTests?: readonly TeamTest[];
  /** Filters by wall clock, as `withoutHours` makes them; a question never holds any. */
  hourTests?: readonly HourTest[];
}

/** Filters that are a list of accepted values, with the values of a row that they look at. */
const listFilters = {
  direction: (row) => [row.direction],
  disposition: (row) => [row.disposition],
  outcome: (row) => [row.outcome ?? ''],
  queue: (row) => row.queues,
  agent: (row) => row.agents,
  accountCode: (row) => [row.accountCode],
  server: (row) => [row.server],
  did: (row) => [row.did],
  trunk: (row) => [row.trunk],
  callingAgent: (row) => [row.callingAgent],
  endedBy: (row) => [row.endedBy],
  linkedId: (row) => [row.linkedId],
  transferred: (row) => [transferredValues[row.transferred ? 0 : 1]],
  transferTarget: (row) => [row.transferTarget ?? ''],
  pauseReason: (row) => [row.pauseReason ?? ''],
} as const satisfies Record<FactFilter, (row: FactRow) => readonly string[]>;

/** Filters that an agent's presence can be told by: it belongs to no call. */
export const presenceFilters: readonly FactFilter[] = ['queue', 'agent', 'server', 'pauseReason'];

/** The filters that facts of one kind are looked at with. */
export function filtersFor(fact: Fact, filters: CdrFilters): CdrFilters {
  if (fact !== 'stretch') {
    return filters;
  }
  return {
    ...Object.fromEntries(presenceFilters.map((name) => [name, filters[name]])),
    conditions: filters.conditions?.filter(({ field }) => presenceFilters.some((name) => name === field)),
    teamTests: filters.teamTests,
    hourTests: filters.hourTests,
  };
}

export function matchesFilters(row: FactRow, given: CdrFilters): boolean {
  const filters = filtersFor(row.fact, given);
  return (
    partFilterNames.every((name) => containsOneOf(row[name], filters[name])) &&
    secondsBoundNames.every((name) => isWithin(secondsOf(row, secondsBounds[name].field), name, filters[name])) &&
    factFilterNames.every((name) => isOneOf(listFilters[name](row), filters[name])) &&
    Object.entries(filters.custom ?? {}).every(([label, values]) => isOneOf([customText(row.custom, label)], values)) &&
    (filters.conditions ?? []).every((condition) => meets(row, condition)) &&
    (filters.teamTests ?? []).every((test) => meetsTeamTest(test, row.agents)) &&
    (filters.hourTests ?? []).every((test) => meetsHourTest(test, row))
  );
}

function meets(row: FactRow, condition: Condition): boolean {
  return isComparison(condition)
    ? meetsComparison(condition, secondsOf(row, condition.field))
    : meetsCondition(condition, valuesOf(row, condition.field));
}

/** Undefined where the row has none, or they have not ended. */
function secondsOf(row: FactRow, field: SecondsField): number | undefined {
  const phase = secondsFields[field];
  return phase === null ? row.duration : row.seconds[phase];
}

function isWithin(seconds: number | undefined, name: SecondsBound, bound: number | undefined): boolean {
  if (bound === undefined) {
    return true;
  }
  return seconds !== undefined && (secondsBounds[name].operator === '>=' ? seconds >= bound : seconds <= bound);
}

function valuesOf(row: FactRow, field: ConditionField): readonly string[] {
  const label = customLabel(field);
  if (label !== null) {
    return [customText(row.custom, label)];
  }
  if (isSecondsField(field)) {
    const seconds = secondsOf(row, field);
    return [seconds === undefined ? '' : String(Math.floor(seconds))];
  }
  return field === 'source' || field === 'destination' ? [row[field]] : listFilters[field as FactFilter](row);
}

function containsOneOf(text: string, parts: readonly string[] | undefined): boolean {
  const lower = text.toLowerCase();
  return !parts?.length || parts.some((part) => (part === noValue ? text === '' : lower.includes(part.toLowerCase())));
}

/** Whether filters let through what has these values; they do not look at other fields. */
export function passesBy(filters: CdrFilters, values: Partial<Record<FactFilter, string>>): boolean {
  const valueOf = (field: string): string | undefined => values[field as FactFilter];
  return (
    factFilterNames.every((name) => values[name] === undefined || isOneOf([values[name]], filters[name])) &&
    (filters.conditions ?? []).every((condition) => {
      const value = valueOf(condition.field);
      return value === undefined || isComparison(condition) || meetsCondition(condition, [value]);
    })
  );
}

/** True where a filter lets a value through; an absent or empty one lets through everything. What has no value has the empty one. */
function isOneOf(found: readonly string[], accepted: readonly string[] | undefined): boolean {
  return (
    !accepted?.length || (found.length === 0 ? accepted.includes('') : found.some((value) => accepted.includes(value)))
  );
}
