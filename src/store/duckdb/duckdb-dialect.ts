import type { Dialect } from '../sql/dialect';

export const duckdbDialect: Dialect = {
  floorDivide: (dividend, divisor) => `${dividend} // ${divisor}`,
  toText: (value) => `CAST(${value} AS VARCHAR)`,
  toDouble: (value) => `CAST(${value} AS DOUBLE)`,
  contains: (text, part) => `contains(${text}, ${part})`,
  matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  hasAny: (list, texts) => `list_has_any(${list}, [${texts.join(', ')}]::VARCHAR[])`,
  hasSome: (list, test) => `len(list_filter(${list}, lambda x: ${test('x')})) > 0`,
  jsonText: (json, pointer) => `json_extract_string(${json}, ${pointer})`,
  jsonLabels: (json) => `unnest(json_keys(${json}))`,
  jsonObject: (properties) =>
    `json_object(${properties.map(([name, value]) => `'${name}', ${value}`).join(', ')})::VARCHAR`,
  rowId: (alias) => `${alias}.rowid`,
  byCodePoint: (text) => text,
};
