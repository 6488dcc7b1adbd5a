import type { Frame } from '../../src/plugin-protocol/frame';

type Value = Frame['fields'][number]['values'][number];

/** The rows of a frame as objects, field name to value. */
export function rowsOf(frame: Frame): Array<Record<string, Value>> {
  return Array.from({ length: frame.fields[0]?.values.length ?? 0 }, (_, row) =>
    Object.fromEntries(frame.fields.map(({ name, values }) => [name, values[row]!]))
  );
}
