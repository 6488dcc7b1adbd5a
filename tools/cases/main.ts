import { readCases, type Case } from './read-case';
import { runCase, type CheckResult } from './run-case';

const usage =
  'Usage: npm run --silent cases -- FOLDER\n\nRuns every case below FOLDER: a case is a folder with an expect.json.';

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    throw new Error(usage);
  }
  const cases = await readCases(folder);
  if (cases.length === 0) {
    throw new Error(`There is no expect.json below ${folder}.\n\n${usage}`);
  }
  let passed = 0;
  let failed = 0;
  for (const one of cases) {
    const results = await attempt(one);
    if (results === null) {
      failed += 2 * one.runs.reduce((sum, { checks }) => sum + checks.length, 0);
      continue;
    }
    const wrong = results.filter((result) => !result.passed);
    wrong.forEach((result) => console.log(report(one, result)));
    failed += wrong.length;
    passed += results.length - wrong.length;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Null where the case could not be run at all. */
async function attempt(one: Case): Promise<CheckResult[] | null> {
  try {
    return await runCase(one);
  } catch (error) {
    console.log(`${one.name}: could not be run: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

function report({ name, about }: Case, { store, run, check, found }: CheckResult): string {
  const lines = (rows: readonly object[]): string => rows.map((row) => `    ${JSON.stringify(row)}\n`).join('');
  return (
    `${name}, run ${run}, ${store}: ${about}\n  query ${JSON.stringify(check.query)}\n` +
    `  expected ${check.rows.length} rows\n${lines(check.rows)}  found ${found.length} rows\n${lines(found)}`
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
