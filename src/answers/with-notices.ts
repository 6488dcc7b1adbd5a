import type { Answer, AnswerMeta } from './answer';

/** An answer that says some things besides. */
export function withNotices(answer: Answer, notices: NonNullable<AnswerMeta['notices']>): Answer {
  return notices.length === 0
    ? answer
    : { ...answer, meta: { ...answer.meta, notices: [...(answer.meta.notices ?? []), ...notices] } };
}
