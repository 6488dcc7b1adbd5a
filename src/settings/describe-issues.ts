import * as v from 'valibot';

/** One sentence part an issue: where it is, what was expected and what came. */
export function describeIssues(issues: ReadonlyArray<v.BaseIssue<unknown>>): string {
  return issues.map(describe).join('; ');
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `unknown field "${path}"`;
  }
  const where = path === '' ? 'the value' : `"${path}"`;
  return issue.expected ? `${where} must be ${issue.expected}, found ${issue.received}` : `${where}: ${issue.message}`;
}
