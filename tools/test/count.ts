/** What a suite's tests came to. */
export interface Counts {
  passed: number;
  failed: number;
}

/**
 * Reads the counts of a finished suite. `output` is all it printed, `report` its machine-readable report where the
 * runner writes one (empty where it wrote none).
 */
export type Counter = (finished: { exitCode: number; output: string; report: string }) => Counts;

/** A tool without tests of its own, such as the linter: one test that passes with exit code 0. */
export const countExit: Counter = ({ exitCode }) => (exitCode === 0 ? { passed: 1, failed: 0 } : onlyFailure);

/** Jest's `--json` report; a test file that doesn't load is one failed test. */
export const countJest: Counter = ({ report }) => {
  const result = parse(report) as JestReport;
  return { passed: result.numPassedTests, failed: result.numFailedTests + result.numRuntimeErrorTestSuites };
};

/** Playwright's JSON report. A test that passes only when repeated counts as failed. */
export const countPlaywright: Counter = ({ report }) => {
  const result = parse(report) as PlaywrightReport;
  return { passed: result.stats.expected, failed: result.stats.unexpected + result.stats.flaky };
};

/** The verbose lines of `go test -v`, subtests included. */
export const countGo: Counter = ({ output }) => ({
  passed: output.match(/^\s*--- PASS: /gm)?.length ?? 0,
  failed: output.match(/^\s*--- FAIL: /gm)?.length ?? 0,
});

/** The last line of a tool that counts by itself, `N passed, N failed`. */
export const countLastLine: Counter = ({ output }) => {
  const counts = /(\d+) passed, (\d+) failed\s*$/.exec(output);
  return counts ? { passed: Number(counts[1]), failed: Number(counts[2]) } : onlyFailure;
};

/**
 * Counts with what a counter can't see: a suite that crashed, wrote no report or ran no test has failed, whatever it
 * counted.
 */
export function countSuite(counter: Counter, finished: Parameters<Counter>[0]): Counts {
  let counts: Counts;
  try {
    counts = counter(finished);
  } catch {
    return onlyFailure;
  }
  const silentFailure = counts.failed === 0 && (finished.exitCode !== 0 || counts.passed === 0);
  return silentFailure ? { passed: counts.passed, failed: 1 } : counts;
}

const onlyFailure: Counts = { passed: 0, failed: 1 };

function parse(report: string): unknown {
  return JSON.parse(report);
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}
