import type { Call } from '../cdr/call';
import type { CdrRecord } from '../cdr/record';
import type { Answer, AnswerMeta } from './answer';
import { callLines, recordLines } from './log-lines';
import type { CdrQuery } from '../query/model';
import { callsAnswer, recordsAnswer } from './row-columns';

/** Records in the form that the query asks for. */
export function recordRows({ format }: CdrQuery, records: readonly CdrRecord[], meta: AnswerMeta): Promise<Answer> {
  return format === 'logs' ? recordLines(records, meta) : recordsAnswer(records, meta);
}

/** Calls in the form that the query asks for. */
export function callRows({ format }: CdrQuery, calls: readonly Call[], meta: AnswerMeta): Promise<Answer> {
  return format === 'logs' ? callLines(calls, meta) : callsAnswer(calls, meta);
}
