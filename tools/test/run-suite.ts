import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { countSuite, type Counts } from './count';
import { wholePath } from './machine';
import { onPlatform } from './on-platform';
import { reportPath, root, type Suite } from './suites';

/** A suite that hangs is ended and counts as failed. */
const limitMs = 10 * 60_000;

export interface Finished extends Counts {
  /** The runner's own lines that name what failed. */
  failures: string[];
}

/** Runs one suite and prints its lines as they come, each behind the suite's name. */
export async function runSuite(suite: Suite): Promise<Finished> {
  rmSync(reportPath(suite.name), { force: true });
  const lines: string[] = [];
  const exitCode = await run(suite, (line) => {
    lines.push(line);
    console.log(`${suite.name} | ${line}`);
  });
  const counts = countSuite(suite.count, { exitCode, output: lines.join('\n'), report: readReport(suite.name) });
  return { ...counts, failures: [...new Set(lines.filter(namesFailure))] };
}

function run(suite: Suite, onLine: (line: string) => void): Promise<number> {
  const { file, args, shell } = onPlatform(process.platform, suite.command);
  const child = spawn(file, args, {
    shell,
    cwd: suite.cwd ?? root,
    // The tools of the project, and with them its pinned Node, come before those of the machine.
    env: { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${wholePath}`, ...suite.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
  });
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      onLine(`${suite.command.join(' ')} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on('line', onLine);
}

/** Jest's ● (but not of what a test printed), Playwright's ✘ and Go's FAIL. */
const namesFailure = (line: string): boolean => /^\s*(● (?!Console$)|✘ |--- FAIL: )/.test(line);

function readReport(name: string): string {
  try {
    return readFileSync(reportPath(name), 'utf8');
  } catch {
    return '';
  }
}
