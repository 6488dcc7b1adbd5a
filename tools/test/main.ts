import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runSuite, type Finished } from './run-suite';
import { root, suites, type Suite } from './suites';

/** `npm test [suite…]`: runs the suites, prints what each came to and closes with the line `N passed, N failed`. */
async function main(wanted: string[]): Promise<void> {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
  const results: Result[] = [];
  let beside = Promise.resolve();
  for (const suite of chosen) {
    const run = async (): Promise<void> => void results.push(await timed(suite));
    if (suite.beside) {
      beside = beside.then(run);
    } else {
      await run();
    }
  }
  await beside;
  console.log('');
  for (const { suite, finished, seconds } of results) {
    console.log(`${suite.name}: ${finished.passed} passed, ${finished.failed} failed in ${seconds.toFixed(1)} s`);
    finished.failures.forEach((line) => console.log(`  ${line.trim()}`));
  }
  const passed = sum(results.map(({ finished }) => finished.passed));
  const failed = sum(results.map(({ finished }) => finished.failed));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

interface Result {
  suite: Suite;
  finished: Finished;
  seconds: number;
}

async function timed(suite: Suite): Promise<Result> {
  const start = performance.now();
  const finished = await runSuite(suite);
  return { suite, finished, seconds: (performance.now() - start) / 1000 };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

void main(process.argv.slice(2));
