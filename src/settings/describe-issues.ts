import * as v from 'valibot';

/** Issues that a message names one by one. */
const named = 5;
/** Characters of what was found that a message repeats. */
const longest = 100;

/** One sentence part an issue, of the first ones: where it is, what was expected and what was found. */
export function describeIssues(issues: ReadonlyArray<v.BaseIssue<unknown>>): string {
  const more = issues.length > named ? [`${issues.length - named} more`] : [];
  return [...issues.slice(0, named).map(describe), ...more].join('; ');
}

/** The beginning of a long text, for a message. */
export function excerpt(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = excerpt(v.getDotPath(issue) ?? '');
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `unknown field "${path}"`;
  }
  const where = path === '' ? 'the value' : `"${path}"`;
  return issue.expected
    ? `${where} must be ${issue.expected}, found ${excerpt(issue.received)}`
    : `${where}: ${issue.message}`;
}
