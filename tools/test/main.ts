import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './count';
import { runSuite } from './run-suite';
import { root, suites, type Suite } from './suites';

/** `npm test [suite…]`: runs the suites, prints what each came to and closes with the line `N passed, N failed`. */
async function main(wanted: string[]): Promise<void> {
  mkdirSync(join(root, 'test-results'), { recursive: true });
  const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.startsWith(word)));
  const results: Array<{ suite: Suite; counts: Counts; seconds: number }> = [];
  for (const suite of chosen) {
    const start = performance.now();
    const counts = await runSuite(suite);
    results.push({ suite, counts, seconds: (performance.now() - start) / 1000 });
  }
  console.log('');
  for (const { suite, counts, seconds } of results) {
    console.log(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds.toFixed(1)} s`);
  }
  const passed = sum(results.map(({ counts }) => counts.passed));
  const failed = sum(results.map(({ counts }) => counts.failed));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

void main(process.argv.slice(2));
