import type { Dialect } from '../sql/dialect';

export const duckdbDialect: Dialect = {
  keepsSums: false,
  floorDivide: (dividend, divisor) => `${dividend} // ${divisor}`,
  divide: (dividend, divisor) => `${dividend} // ${divisor}`,
  monthsSince1970: (time) => `((year(epoch_ms(${time})) - 1970) * 12 + month(epoch_ms(${time})) - 1)`,
  monthAndDay: (time) => `(month(epoch_ms(${time})) * 100 + day(epoch_ms(${time})))`,
  isBetween: (value, bounds) => isBetween(value, bounds, false),
  toText: (value) => `CAST(${value} AS VARCHAR)`,
  toDouble: (value) => `CAST(${value} AS DOUBLE)`,
  lower: (text) => `lower(${text})`,
  // Most numbers end with as many digits, which takes half as long to see.
  lastDigits: (text, count) =>
    `CASE WHEN regexp_full_match(right(${text}, ${count}), '[0-9]{${count}}') THEN right(${text}, ${count}) ` +
    `ELSE right(regexp_replace(${text}, '[^0-9]', '', 'g'), ${count}) END`,
  contains: (text, part) => `contains(${text}, ${part})`,
  pattern: (re2) => re2,
  matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  hasAny: (list, texts) => `list_has_any(${list}, [${texts.join(', ')}]::VARCHAR[])`,
  hasSome: (list, test) => `len(list_filter(${list}, lambda x: ${test('x')})) > 0`,
  // A JSON pointer. Source: RFC 6901.
  jsonKey: (label) => `/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`,
  jsonText: (json, key) => `json_extract_string(${json}, ${key})`,
  jsonLabels: (json) => `unnest(json_keys(${json}))`,
  suggestsFrom: null,
  estimate: null,
  byCodePoint: (text) => text,
};

/** Halves the bounds until none is left. */
function isBetween(value: string, bounds: readonly number[], isWithin: boolean): string {
  if (bounds.length === 0) {
    return String(isWithin);
  }
  const middle = bounds.length >> 1;
  const below = isBetween(value, bounds.slice(0, middle), isWithin);
  const above = isBetween(value, bounds.slice(middle + 1), isWithin !== (middle % 2 === 0));
  return `(CASE WHEN ${value} < ${bounds[middle]} THEN ${below} ELSE ${above} END)`;
}
