import * as v from 'valibot';
import { sentence, verbatim, type Sentence, type SentenceValue, type Text } from '../sentences/sentence';

/** Issues that a message names one by one. */
const named = 5;
/** Characters of what was found that a message repeats. */
const longest = 100;

/** One sentence an issue, of the first ones: where it is, what was expected and what was found. */
export function describeIssues(issues: ReadonlyArray<v.BaseIssue<unknown>>): Text {
  const more = issues.length - named;
  return [...issues.slice(0, named).map(describe), ...(more > 0 ? [sentence('input.more', { count: more })] : [])];
}

/** The beginning of a long text, for a message. */
export function excerpt(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A sentence as the message of a check: valibot's are strings. */
export function issueMessage(said: Sentence): string {
  return JSON.stringify(said);
}

function describe(issue: v.BaseIssue<unknown>): Sentence {
  const path = excerpt(v.getDotPath(issue) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return sentence('input.unknown', { where: `"${path}"` });
  }
  const where: SentenceValue = path === '' ? sentence('input.whole') : `"${path}"`;
  return issue.expected
    ? sentence('input.expected', { where, expected: issue.expected, found: excerpt(issue.received) })
    : sentence('input.problem', { where, problem: problemOf(issue.message) });
}

function problemOf(message: string): Sentence {
  return message.startsWith('{') ? (JSON.parse(message) as Sentence) : verbatim(message);
}
