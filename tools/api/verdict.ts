/**
 * What is wrong by levitate's report on one package: nothing, what was removed or changed, or that it compared nothing.
 * A change without a difference to show is one of a type that only grew, such as Grafana's `config`.
 */
export function verdict(target: string, report: string): string[] {
  if (/Could not process the package|Skipping package/.test(report) || !/Successfully compared versions/.test(report)) {
    return [`${target} was not compared: ${report.trim().split('\n').at(-1)}`];
  }
  return [...report.matchAll(/^\d+\) (Removed|Changed) `?(\w+)`? used in.*$/gm)].map(([line]) => `${target}: ${line}`);
}
