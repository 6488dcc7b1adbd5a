import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { apart } from './apart';
import { printTable } from './print-table';
import type { BenchOptions, Result } from './row';

const parts = [
  'decode',
  'ami',
  'ingest',
  'latency',
  'start',
  'queries',
  'dashboards',
  'figures',
  'export',
  'import',
  'worst-request',
  'derivation',
  'bundle',
];

const usage = `Usage: npm run bench -- [part …] [options]
  parts: ${parts.join(', ')}; all unless told
  --records N   of the year that is asked (queries, dashboards, figures: 10,000,000), or to take in (ingest, import: 200,000;
                start: 1,000,000; worst-request: 300,000; derivation: 3,000,000)
  --seconds N   of calls (latency: 60)`;

/** Prints one table of what the parts found on this machine, in one run; compare ratios, not machines. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { records: { type: 'string' }, seconds: { type: 'string' }, help: { type: 'boolean' } },
  });
  const unknown = positionals.filter((name) => !parts.includes(name));
  if (values.help || unknown.length > 0) {
    console.log(unknown.length > 0 ? `There is no part ${unknown.join(', ')}.\n${usage}` : usage);
    process.exitCode = unknown.length > 0 ? 1 : 0;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'amiws-cdr-bench-'));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('SIGINT', () => {
    clean();
    process.exit(130);
  });
  const options: BenchOptions = { folder, records: number(values.records), seconds: number(values.seconds) };
  const results: Result[] = [];
  try {
    for (const part of positionals.length > 0 ? positionals : parts) {
      console.error(`${part} …`);
      results.push(await apart<Result>(part, options).catch((error: unknown) => failed(part, error)));
    }
  } finally {
    clean();
  }
  printTable(results.flatMap(({ rows }) => rows));
  results.flatMap(({ notes = [] }) => notes).forEach((note) => console.log(`\n${note}`));
}

function failed(part: string, error: unknown): Result {
  process.exitCode = 1;
  return { rows: [{ what: part, ours: 'failed' }], notes: [`${part}: ${String(error)}`] };
}

function number(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text.replaceAll(/[,_]/g, ''));
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`Found "${text}", expected a whole number from 1 on.\n${usage}`);
  }
  return value;
}

void main();
