import { countLastLine, countExit, countGo, countJest, countPlaywright, countSuite } from './count';

const finished = (parts: { exitCode?: number; output?: string; report?: object }) => ({
  exitCode: parts.exitCode ?? 0,
  output: parts.output ?? '',
  report: parts.report ? JSON.stringify(parts.report) : '',
});

test('a jest file that does not load is a failed test', () => {
  const report = { numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 2 };
  expect(countSuite(countJest, finished({ exitCode: 1, report }))).toEqual({ passed: 3, failed: 3 });
});

test('a browser test that passes only when repeated has failed', () => {
  const report = { stats: { expected: 5, unexpected: 0, flaky: 1 } };
  expect(countSuite(countPlaywright, finished({ report }))).toEqual({ passed: 5, failed: 1 });
});

test('Go subtests count', () => {
  const output =
    '--- PASS: TestHealth (0.10s)\n    --- PASS: TestHealth/ok (0.05s)\n    --- FAIL: TestHealth/down (0.05s)\n';
  expect(countSuite(countGo, finished({ exitCode: 1, output }))).toEqual({ passed: 2, failed: 1 });
});

test('a linter that finds nothing is one passed test', () => {
  expect(countSuite(countExit, finished({}))).toEqual({ passed: 1, failed: 0 });
  expect(countSuite(countExit, finished({ exitCode: 2 }))).toEqual({ passed: 0, failed: 1 });
});

test('a suite that crashed after its last test has failed', () => {
  const output = '--- PASS: TestHealth (0.10s)\npanic: test timed out\n';
  expect(countSuite(countGo, finished({ exitCode: 2, output }))).toEqual({ passed: 1, failed: 1 });
});

test('a suite that ran no test, or wrote no report, has failed', () => {
  expect(countSuite(countGo, finished({ output: 'testing: no tests to run' }))).toEqual({ passed: 0, failed: 1 });
  expect(countSuite(countJest, finished({}))).toEqual({ passed: 0, failed: 1 });
});

it('reads the last line of a tool that counts by itself, and nothing else', () => {
  const counts = (output: string) => countLastLine({ exitCode: 0, output, report: '' });
  expect(counts('a case failed\n566 passed, 2 failed\n')).toEqual({ passed: 566, failed: 2 });
  expect(counts('566 passed, 0 failed\nand then it crashed')).toEqual({ passed: 0, failed: 1 });
});
