/**
 * What is wrong by levitate's report on one package: nothing, what was removed or changed, or that it compared nothing.
 * Levitate counts a change without a difference to show, such as that of a type that only grew, but doesn't name it:
 * as many as `unnamed` are known to be none.
 */
export function verdict(target: string, report: string, unnamed = 0): string[] {
  if (/Could not process the package|Skipping package/.test(report) || !/Successfully compared versions/.test(report)) {
    return [`${target} was not compared: ${report.trim().split('\n').at(-1)}`];
  }
  const named = [...report.matchAll(/^\d+\) (Removed|Changed) `?(\w+)`? used in.*$/gm)].map(([line]) => line);
  const counted = Number(/INCOMPATIBILITIES \((\d+)\)/.exec(report)?.[1] ?? 0);
  const isCompatible = counted === 0 && /is compatible|appears to be compatible/.test(report);
  const rest = counted - named.length;
  const unread =
    isCompatible || (counted > 0 && rest === unnamed) ? [] : [`${rest} changes without a name, not ${unnamed}`];
  return [...named, ...unread].map((line) => `${target}: ${line}`);
}
