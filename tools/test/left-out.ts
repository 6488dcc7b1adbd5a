import type { Machine } from './machine';
import type { Need } from './needs';
import type { Suite } from './suites';

/** A suite, or a part of one, that can't run on a machine. */
export interface LeftOut {
  suite: string;
  /** Which of its tests; all where absent. */
  part?: string;
  unmet: readonly Need[];
}

/** Which suites, and which parts of others, can't run on a machine. */
export function leftOut(suites: readonly Suite[], machine: Machine): LeftOut[] {
  const unmet = (needs: readonly Need[] = []): Need[] => needs.filter(({ isMet }) => !isMet(machine));
  return suites
    .flatMap(({ name, needs, parts = [] }): LeftOut[] => {
      const whole = unmet(needs);
      return whole.length > 0
        ? [{ suite: name, unmet: whole }]
        : parts.map((part) => ({ suite: name, part: part.name, unmet: unmet(part.needs) }));
    })
    .filter((one) => one.unmet.length > 0);
}

/** What is left out, why, and the line that brings it. */
export function sayLeftOut({ suite, part, unmet }: LeftOut): string {
  const packages = [...new Set(unmet.flatMap((need) => need.packages ?? []))];
  const advice = [...new Set(unmet.flatMap((need) => need.advice ?? []))];
  const install = packages.length > 0 ? [`As root: ${installLine(packages)}`] : [];
  const what = part === undefined ? suite : `${suite} (${part})`;
  return [`${what}: ${unmet.map(({ reason }) => reason).join('; ')}.`, ...install, ...advice].join(' ');
}

export const installLine = (packages: readonly string[]): string =>
  ['apt-get', ...installArguments(packages)].join(' ');

export const installArguments = (packages: readonly string[]): string[] => [
  'install',
  '-y',
  '--no-install-recommends',
  ...packages,
];
