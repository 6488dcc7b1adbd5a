import { InvalidQueryError } from '../query/invalid-query-error';
import { sentence, type Sentence } from '../sentences/sentence';

/** Values of a table: rows times columns, custom fields included. */
export const maxCells = 5_000_000;
/** Values of all time series of an answer. */
export const maxPoints = 1_000_000;
/** Series of one answer; a panel can draw some hundred. */
export const maxSeries = 5_000;

/** Groups that a store may give for a question, each time bucket counted for itself. */
export const maxSums = 200_000;

const narrow = sentence('query.narrow');

/** The error of a question that makes more groups than a store may give. */
export function tooManySums(found: number): InvalidQueryError {
  return new InvalidQueryError([sentence('query.bound.groups', { found, most: maxSums }), narrow]);
}

/** Numbers of seconds that the distributions of all groups of a question may hold, one that many groups have once for each. */
export const maxSecondCounts = 1_000_000;

/** The error of a question whose distributions hold more than they may. */
export function tooManySecondCounts(): InvalidQueryError {
  return new InvalidQueryError([sentence('query.bound.times', { most: maxSecondCounts }), narrow]);
}

/** @throws InvalidQueryError for what goes on at the same time in more groups and time buckets than an answer may be made of */
export function checkTraffic(groups: number, buckets: number): void {
  const values = groups * buckets;
  if (values > maxPoints) {
    throw new InvalidQueryError([
      sentence('query.bound.traffic', { groups, buckets, values, most: maxPoints }),
      narrow,
    ]);
  }
}

/** Calls to and from the numbers of lost callers that one answer may be made of. */
export const mostContacts = 50_000;

/** The error of a question for lost callers who called or were called more often than one answer may be made of. */
export function tooManyContacts(): InvalidQueryError {
  return new InvalidQueryError([sentence('query.bound.contacts', { most: mostContacts })]);
}

/** @throws InvalidQueryError for a table with more values than one may have */
export function checkCells(rows: number, columns: number, advice: Sentence): void {
  const values = rows * columns;
  if (values > maxCells) {
    throw new InvalidQueryError([sentence('query.bound.cells', { rows, columns, values, most: maxCells }), advice]);
  }
}

/** @throws InvalidQueryError for more series, or more values of them, than an answer may have */
export function checkSeries(groups: number, metrics: number, buckets: number): void {
  const series = groups * metrics;
  if (series > maxSeries || series * buckets > maxPoints) {
    const found = { series, values: buckets, most: maxSeries, mostValues: maxPoints };
    throw new InvalidQueryError([sentence('query.bound.series', found), narrow, sentence('query.or-table')]);
  }
}
