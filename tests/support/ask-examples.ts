import { readFileSync } from 'node:fs';
import path from 'node:path';
import { answerQuery } from '../../src/answers/answer-query';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { noDirectory, type Directory } from '../../src/cdr/directory';
import { PbxClocks } from '../../src/cdr/pbx-clocks';
import { parseQuery } from '../../src/query/parse-query';
import { importHistory } from '../../tools/cases/import-history';
import { readCaseFile, readCases } from '../../tools/cases/read-case';
import { answerRows } from '../../tools/replay/answer-rows';
import { readFrames } from '../../tools/replay/read-frames';
import { defaultDerivation, defaultRules } from './cdr-builders';
import { answerSource } from './answer-source';

export type Row = Record<string, unknown>;

const cases = path.join(__dirname, '../cases');
const capture = path.join(__dirname, '../captures/two-pbx.jsonl');
const range = { from: 0, to: Date.UTC(2100, 0), intervalMs: 60_000 };

/** Answer of a query, as saved in a panel, over all of the capture of two PBXes. */
export async function askCapture(query: object, directory = noDirectory): Promise<Row[]> {
  const clocks = new PbxClocks(defaultDerivation);
  return ask(readFrames(readFileSync(capture, 'utf8'), defaultRules, clocks).parts, clocks, query, directory);
}

/** The same of one of tests/cases, by what amiws sent or by its Master.csv. */
export async function askCase(name: string, input: 'frames' | 'csv', query: object): Promise<Row[]> {
  const [one] = await readCases(path.join(cases, name));
  const run = one?.runs.find((some) => some.input[input] !== undefined);
  if (!one || !run) {
    throw new Error(`The case ${name} has no run of ${input}.`);
  }
  const clocks = new PbxClocks(defaultDerivation);
  const parts =
    input === 'csv'
      ? await importHistory(one.folder, run, defaultRules, clocks)
      : readFrames(await readCaseFile(one.folder, run.input.frames!), defaultRules, clocks).parts;
  return ask(parts, clocks, query, noDirectory);
}

async function ask(
  parts: ReturnType<typeof readFrames>['parts'],
  clocks: PbxClocks,
  query: object,
  directory: Directory
): Promise<Row[]> {
  const store = new MemoryStore(Number.MAX_SAFE_INTEGER, defaultRules);
  parts.forEach((part) => store.add(part));
  const source = { ...answerSource(store, clocks), directory };
  return answerRows(await answerQuery(source, parseQuery(query as Record<string, unknown>), range));
}
