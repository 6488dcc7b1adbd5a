import type { Answer } from '../../src/answers/answer';

/** Rows of an answer as objects, field name (with its labels) to value; times in ISO 8601 UTC. */
export function answerRows({ fields }: Answer): Array<Record<string, unknown>> {
  const names = fields.map(({ name, labels }) => {
    const texts = Object.entries(labels ?? {}).map(([label, value]) => `${label}="${value}"`);
    return texts.length === 0 ? name : `${name}{${texts.join(',')}}`;
  });
  return (fields[0]?.values ?? []).map((_, row) =>
    Object.fromEntries(
      fields.map(({ type, values }, column) => {
        const value = values[row] ?? null;
        return [names[column]!, type === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value];
      })
    )
  );
}
