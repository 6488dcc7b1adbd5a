import type { AnswerMeta } from './answer';

type Notice = NonNullable<AnswerMeta['notices']>[number];

/** Rows up to a limit, of which one more was looked for, and what there is to say where there are more. */
export function withinLimit<T>(found: readonly T[], limit: number): { rows: T[]; notices: Notice[] } {
  return { rows: found.slice(0, limit), notices: found.length > limit ? [limitNotice(limit)] : [] };
}

/** Says that rows are left out. */
export function limitNotice(limit: number): Notice {
  const text = `More rows match than the ${limit} that are shown. Raise the limit of the query, add a filter, or choose a shorter time range.`;
  return { severity: 'info', text };
}
