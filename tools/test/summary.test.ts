import { chromium } from './needs';
import { summarize, type Result } from './summary';

const result = (name: string, passed: number, failed = 0, failures: string[] = []): Result => ({
  name,
  finished: { passed, failed, failures },
  seconds: 1.23,
});
const withoutChromium = [{ suite: 'browser', unmet: [chromium] }];

it('what was left out is named above the last line, and the run is green', () => {
  const { lines, exitCode } = summarize([result('lint', 1), result('unit', 5)], withoutChromium, false);
  expect(exitCode).toBe(0);
  expect(lines).toEqual([
    'lint: 1 passed, 0 failed in 1.2 s',
    'unit: 5 passed, 0 failed in 1.2 s',
    'Left out, since this machine lacks what they need:',
    '  browser: Chromium is missing. As root: apt-get install -y --no-install-recommends chromium',
    '6 passed, 0 failed',
  ]);
});

it('in CI a suite that can’t run has failed', () => {
  const { lines, exitCode } = summarize([result('lint', 1)], withoutChromium, true);
  expect(exitCode).toBe(1);
  expect(lines.slice(1)).toEqual([
    'Failed, since in CI every suite must run:',
    '  browser: Chromium is missing. As root: apt-get install -y --no-install-recommends chromium',
    '1 passed, 1 failed',
  ]);
});

it('a failed test fails the run, whatever was left out, and is named', () => {
  const { lines, exitCode } = summarize([result('unit', 5, 1, ['  ● a call › ends'])], withoutChromium, false);
  expect(exitCode).toBe(1);
  expect(lines).toContain('  ● a call › ends');
  expect(lines.at(-1)).toBe('5 passed, 1 failed');
});

it('a run of no suite at all is no success; one of a suite that can’t run here is', () => {
  expect(summarize([], [], false).exitCode).toBe(1);
  expect(summarize([], withoutChromium, false).exitCode).toBe(0);
});
