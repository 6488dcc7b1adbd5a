import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { install, installable } from './install';
import { leftOut } from './left-out';
import { thisMachine } from './machine';
import { runSuite } from './run-suite';
import { chosenSuites, root, type Suite } from './suites';
import { summarize, type Result } from './summary';

/**
 * `npm test [suite…]`: installs what suites lack where it may, runs those that can run, prints what each came to and
 * which were left out, and closes with the line `N passed, N failed`.
 */
async function main(wanted: string[]): Promise<void> {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const chosen = chosenSuites(wanted);
  const packages = installable(leftOut(chosen, thisMachine), thisMachine);
  if (packages.length > 0) {
    install(packages);
  }
  const left = leftOut(chosen, thisMachine);
  const canRun = chosen.filter(({ name }) => !left.some(({ suite, part }) => suite === name && part === undefined));
  const results: Result[] = [];
  let beside = Promise.resolve();
  for (const suite of canRun) {
    const run = async (): Promise<void> => void results.push(await timed(suite));
    if (suite.beside) {
      beside = beside.then(run);
    } else {
      await run();
    }
  }
  await beside;
  const { lines, exitCode } = summarize(results, left, process.env.CI === 'true');
  console.log(['', ...lines].join('\n'));
  process.exitCode = exitCode;
}

async function timed(suite: Suite): Promise<Result> {
  const start = performance.now();
  const finished = await runSuite(suite);
  return { name: suite.name, finished, seconds: (performance.now() - start) / 1000 };
}

void main(process.argv.slice(2));
