import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** A row names only the fields that matter. */
export type ExpectedRow = Record<string, unknown>;

export interface Check {
  /** As saved in a panel; asked over all time. */
  query: Record<string, unknown>;
  rows: ExpectedRow[];
}

export interface CaseRun {
  /** Files of the case's folder. Where there are frames too, the import comes first. */
  input: { frames?: string; csv?: string; table?: string };
  /** Settings of the data source. */
  settings?: Record<string, unknown>;
  /** Options of the import. */
  import?: Record<string, unknown>;
  checks: Check[];
}

export interface Case {
  name: string;
  folder: string;
  about: string;
  runs: CaseRun[];
}

const description = 'expect.json';

/** Every case below a folder, a case being a folder with an `expect.json`, by name. */
export async function readCases(folder: string): Promise<Case[]> {
  const files = await readdir(folder, { recursive: true });
  const found = files.filter((file) => path.basename(file) === description).sort();
  return Promise.all(
    found.map(async (file) => {
      const caseFolder = path.join(folder, path.dirname(file));
      const text = await readFile(path.join(folder, file), 'utf8');
      return {
        ...(JSON.parse(text) as Omit<Case, 'name' | 'folder'>),
        name: path.basename(caseFolder),
        folder: caseFolder,
      };
    })
  );
}

/** Text of a case's file, unpacked where its name ends in `.gz`. */
export async function readCaseFile(folder: string, file: string): Promise<string> {
  const bytes = await readFile(path.join(folder, file));
  return (file.endsWith('.gz') ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
}
