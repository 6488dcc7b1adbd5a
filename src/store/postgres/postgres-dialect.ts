import type { Dialect } from '../sql/dialect';
import { advancedPattern } from './advanced-pattern';

const datePart = (part: string, time: string): string =>
  `CAST(extract(${part} FROM to_timestamp(${time} / 1000.0) AT TIME ZONE 'UTC') AS BIGINT)`;

/** What an expression gives that has no column's order of bytes. */
const byBytes = (text: string): string => `(${text} COLLATE "C")`;

export const postgresDialect: Dialect = {
  keepsSums: true,
  // The quotient of whole numbers is cut off, not rounded down; times are far below 2^53.
  floorDivide: (dividend, divisor) => `CAST(floor(CAST(${dividend} AS DOUBLE PRECISION) / ${divisor}) AS BIGINT)`,
  divide: (dividend, divisor) => `${dividend} / ${divisor}`,
  monthsSince1970: (time) => `((${datePart('YEAR', time)} - 1970) * 12 + ${datePart('MONTH', time)} - 1)`,
  monthAndDay: (time) => `(${datePart('MONTH', time)} * 100 + ${datePart('DAY', time)})`,
  isBetween: (value, bounds) => `(width_bucket(${value}, CAST(ARRAY[${bounds.join(', ')}] AS BIGINT[])) % 2 = 1)`,
  toText: (value) => `CAST(${value} AS TEXT)`,
  toDouble: (value) => `CAST(${value} AS DOUBLE PRECISION)`,
  // A text in the order of bytes has no letters but those of ASCII. It keeps the other order: of one COLLATE within another
  // Citus 13 passes only the outer one to its nodes.
  lower: (text) => `lower(${text} COLLATE "und-x-icu")`,
  // What is no digit is translated to nothing.
  lastDigits: (text, count) => `right(translate(${text}, translate(${text}, '0123456789', ''), ''), ${count})`,
  contains: (text, part) => `strpos(${text}, ${part}) > 0`,
  pattern: advancedPattern,
  matches: (text, pattern) => `${text} ~ ${pattern}`,
  hasAny: (list, texts) => `${list} && CAST(ARRAY[${texts.join(', ')}] AS TEXT[])`,
  hasSome: (list, test) => `EXISTS (SELECT FROM unnest(${list}) AS one(x) WHERE ${test('one.x')})`,
  jsonKey: (label) => label,
  jsonText: (json, key) => byBytes(`(${json} ->> ${key})`),
  jsonLabels: (json) => byBytes(`jsonb_object_keys(${json})`),
  // Where a year has a hundred million calls, a day has more.
  suggestsFrom: 100_000,
  estimate: { from: 100_000, rows: rowsFoundByVacuum },
  byCodePoint: byBytes,
};

/** What the last vacuum or analysis of each part of a table found; a part that had none yet counts as empty. */
export function rowsFoundByVacuum(table: string): string {
  return (
    '(SELECT sum(greatest(c.reltuples, 0)) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid ' +
    `WHERE i.inhparent = '${table}'::regclass)`
  );
}
