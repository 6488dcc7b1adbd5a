import type { Finished } from './run-suite';
import { sayLeftOut, type LeftOut } from './left-out';

export interface Result {
  name: string;
  finished: Finished;
  seconds: number;
}

/**
 * What a run closes with. Suites that can't run here are named with why, and are no failure; in CI, where all must run,
 * each is one. The last line is `N passed, N failed`.
 */
export function summarize(
  results: readonly Result[],
  left: readonly LeftOut[],
  isCi: boolean
): { lines: string[]; exitCode: number } {
  const passed = sum(results.map(({ finished }) => finished.passed));
  const failed = sum(results.map(({ finished }) => finished.failed)) + (isCi ? left.length : 0);
  const heading = isCi
    ? 'Failed, since in CI every suite must run:'
    : 'Left out, since this machine lacks what they need:';
  return {
    lines: [
      ...results.flatMap(({ name, finished, seconds }) => [
        `${name}: ${finished.passed} passed, ${finished.failed} failed in ${seconds.toFixed(1)} s`,
        ...finished.failures.map((line) => `  ${line.trim()}`),
      ]),
      ...(left.length > 0 ? [heading, ...left.map((one) => `  ${sayLeftOut(one)}`)] : []),
      `${passed} passed, ${failed} failed`,
    ],
    exitCode: failed === 0 && (passed > 0 || left.length > 0) ? 0 : 1,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
