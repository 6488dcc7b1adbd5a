import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { placeholders } from './placeholders';
import { sourceTexts, type SourceText } from './source-texts';
import { tableTexts } from './table-texts';

const root = path.join(import.meta.dirname, '../..');

/** Every text of the browser part in English by its key, as the sources have it. Throws where they contradict each other. */
export function englishTexts(): Map<string, string> {
  const texts = new Map<string, string>();
  for (const text of usedTexts().flatMap(fromTable)) {
    const missing = placeholders(text.english).filter((name) => text.values?.includes(name) === false);
    if (missing.length > 0) {
      throw new Error(`${text.place}: "${text.key}" is not given ${missing.join(', ')}`);
    }
    const other = texts.get(text.key) ?? text.english;
    if (other !== text.english) {
      throw new Error(`${text.place}: "${text.key}" is "${text.english}" here and "${other}" elsewhere`);
    }
    texts.set(text.key, text.english);
  }
  return texts;
}

function usedTexts(): SourceText[] {
  return globSync('src/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, source: readFileSync(path.join(root, file), 'utf8') }))
    .filter(({ source }) => source.includes("'@grafana/i18n'"))
    .flatMap(({ file, source }) => sourceTexts(file, source));
}

function fromTable(text: SourceText): Array<SourceText & { english: string }> {
  const { key, english, place } = text;
  if (english !== null) {
    return [{ ...text, english }];
  }
  const table = tableTexts[key];
  if (!table) {
    throw new Error(`${place}: no table has "${key}": write the key out or add it to tools/i18n/table-texts.ts`);
  }
  return Object.entries(table).map(([id, each]) => ({ ...text, key: key.replace('*', id), english: each }));
}
