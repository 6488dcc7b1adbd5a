import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pluginJson from '../../plugin.json';

type Tree = { [part: string]: string | Tree };

/** The texts of a language by key, as the plugin ships them. */
export function readLocale(language: string): Map<string, string> {
  return new Map(leaves(JSON.parse(readFileSync(fileOf(language), 'utf8')) as Tree));
}

export function writeLocale(language: string, texts: ReadonlyMap<string, string>): void {
  const tree: Tree = {};
  for (const [key, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const parts = key.split('.');
    let branch = tree;
    for (const part of parts.slice(0, -1)) {
      branch = (branch[part] ??= {}) as Tree;
    }
    branch[parts.at(-1)!] = text;
  }
  writeFileSync(fileOf(language), `${JSON.stringify(tree, null, 2)}\n`);
}

function fileOf(language: string): string {
  return path.join(import.meta.dirname, '../../src/locales', language, `${pluginJson.id}.json`);
}

function leaves(tree: Tree, prefix = ''): Array<[string, string]> {
  return Object.entries(tree).flatMap(([part, value]): Array<[string, string]> =>
    typeof value === 'string' ? [[prefix + part, value]] : leaves(value, `${prefix}${part}.`)
  );
}
