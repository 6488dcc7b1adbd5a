import { InvalidQueryError } from '../query/invalid-query-error';

/** Values of a table: rows times columns, custom fields included. */
export const maxCells = 5_000_000;
/** Values of all time series of an answer. */
export const maxPoints = 1_000_000;
/** Series of one answer; a panel can draw some hundred. */
export const maxSeries = 5_000;

/** Groups that a store may give for a question, each time bucket counted for itself. */
export const maxSums = 200_000;

/** The error of a question that makes more groups than a store may give. */
export function tooManySums(found: number): InvalidQueryError {
  return new InvalidQueryError(
    `The question makes ${found} groups, time buckets included, expected at most ${maxSums}. Group by fields with fewer values (not by ` +
      'one with a value for each call), filter, choose a wider interval or a shorter range.'
  );
}

/** Numbers of seconds that the distributions of all groups of a question may hold, one that many groups have once for each. */
export const maxSecondCounts = 1_000_000;

/** The error of a question whose distributions hold more than they may. */
export function tooManySecondCounts(): InvalidQueryError {
  return new InvalidQueryError(
    `The percentiles of the question are of more than ${maxSecondCounts} different times, counted for each group and time bucket. ` +
      'Group by fields with fewer values, filter, choose a wider interval or a shorter range.'
  );
}

/** @throws InvalidQueryError for what goes on at the same time in more groups and time buckets than an answer may be made of */
export function checkTraffic(groups: number, buckets: number): void {
  if (groups * buckets > maxPoints) {
    throw new InvalidQueryError(
      `What goes on at the same time would be made of ${groups} groups in ${buckets} time buckets each, ${groups * buckets} values in ` +
        `all, expected at most ${maxPoints}. Group by a field with fewer values, filter, choose a wider interval or a shorter range.`
    );
  }
}

/** Calls to and from the numbers of lost callers that one answer may be made of. */
export const mostContacts = 50_000;

/** The error of a question for lost callers who called or were called more often than one answer may be made of. */
export function tooManyContacts(): InvalidQueryError {
  return new InvalidQueryError(
    `The numbers of the lost callers have more than ${mostContacts} calls in this time range. Choose a shorter range, or filter by ` +
      'queue, DID or server.'
  );
}

/** @throws InvalidQueryError for a table with more values than one may have */
export function checkCells(rows: number, columns: number, advice: string): void {
  if (rows * columns > maxCells) {
    throw new InvalidQueryError(
      `The table would have ${rows} rows of ${columns} columns, ${rows * columns} values in all, expected at most ${maxCells}. ${advice}`
    );
  }
}

/** @throws InvalidQueryError for more series, or more values of them, than an answer may have */
export function checkSeries(groups: number, metrics: number, buckets: number): void {
  const series = groups * metrics;
  if (series > maxSeries || series * buckets > maxPoints) {
    throw new InvalidQueryError(
      `The answer would have ${series} time series of ${buckets} values each, expected at most ${maxSeries} series and ${maxPoints} ` +
        'values in all. Group by a field with fewer values, filter, choose a wider interval or a shorter range, or the format table.'
    );
  }
}
