import type { Answer } from '../../answers/answer';

/** Rows of one frame: Grafana Live disconnects a browser for which more than 4 MB wait. */
export const frameRows = 1_000;

/** An answer as frames of few rows each, in their order; none where it has no rows. */
export function splitRows(answer: Answer): Answer[] {
  const rows = answer.fields[0]?.values.length ?? 0;
  return Array.from({ length: Math.ceil(rows / frameRows) }, (_, frame) => {
    const [start, end] = [frame * frameRows, (frame + 1) * frameRows];
    return { ...answer, fields: answer.fields.map((field) => ({ ...field, values: field.values.slice(start, end) })) };
  });
}
