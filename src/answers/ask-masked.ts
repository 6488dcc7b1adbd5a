import type { Condition } from '../cdr/conditions';
import { mayHoldNumber, noValue, numberDimensions } from '../cdr/dimensions';
import type { PartFilter } from '../cdr/filter-fields';
import type { CdrFilters } from '../cdr/filters';
import { holdsNumber, idHoldsNumber } from './mask-numbers';
import type { CdrQuery } from '../query/model';
import { InvalidQueryError } from '../query/invalid-query-error';
import { sentence } from '../sentences/sentence';

/**
 * A query of someone who may not see numbers. A part of a number, a pattern or an order would tell it digit by digit, so
 * source and destination are compared as a whole, patterns and that order are refused.
 * @throws InvalidQueryError that says what can't be asked
 */
export function maskedQuery(query: CdrQuery): CdrQuery {
  if (query.sortBy === 'source' || query.sortBy === 'destination') {
    throw new InvalidQueryError([sentence('mask.sort', { fields: query.sortBy })]);
  }
  return { ...query, filters: maskedFilters(query.filters) };
}

/** The filters of someone who may not see numbers, see `maskedQuery`. */
export function maskedFilters(filters: CdrFilters): CdrFilters {
  const { source, destination, conditions = [], ...others } = filters;
  conditions.forEach(checkCondition);
  const whole = Object.entries({ source, destination }).flatMap(([field, values]): Condition[] =>
    values?.length ? [{ field: field as PartFilter, operator: '=', values: values.map(wholeOf) }] : []
  );
  const all = [...whole, ...conditions];
  return all.length > 0 ? { ...others, conditions: all } : others;
}

/** Numbers that filters ask for in full. */
export function numbersSought(filters: CdrFilters): string[] {
  const { linkedId = [], custom = {}, conditions = [] } = filters;
  const asked = [...numberDimensions.map((field) => filters[field] ?? []), ...Object.values(custom)].flat();
  const valuesOf = (wanted: (field: Condition['field']) => boolean): string[] =>
    conditions.filter(({ field }) => wanted(field)).flatMap((condition) => condition.values);
  const free = [...asked, ...valuesOf(mayHoldNumber)];
  const ids = [...linkedId, ...valuesOf((field) => field === 'linkedId')];
  return [...free.filter(holdsNumber), ...ids.filter(idHoldsNumber)];
}

function wholeOf(part: string): string {
  return part === noValue ? '' : part;
}

function checkCondition({ field, operator }: Condition): void {
  // A linked id may be the name of a channel, which holds a number.
  if ((field === 'linkedId' || mayHoldNumber(field)) && operator.endsWith('~')) {
    throw new InvalidQueryError([sentence('mask.condition', { fields: field, operator })]);
  }
}
