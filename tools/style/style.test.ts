import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { terms } from './terms';

const root = path.join(__dirname, '../..');
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'style-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the check as `npm run style` does, on files of these contents. */
function style(contents: Readonly<Record<string, string>>): { status: number | null; lines: string[] } {
  const files = Object.entries(contents).map(([name, text]) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'tools/style/main.ts', ...files], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, lines: stdout.split('\n').filter(Boolean) };
}

test('a forbidden word is named with its line or key, in docs, texts, dashboards and alert rules', () => {
  const { status, lines } = style({
    'page.md': 'Plain.\n\nThe offset is told by ids.\n\nRun `told` and:\n\n    told\n',
    'locales/texts.json': JSON.stringify({ editor: { rules: 'Told anew', plain: 'Changing rules' } }),
    'dashboard.json': JSON.stringify({ panels: [{ id: 'told', title: 'Calls', description: 'One row a call' }] }),
    'rules.yaml': 'rules:\n  - uid: told\n    annotations:\n      summary: Calls\n        can be told\n',
  });
  expect(lines.map((line) => line.replace(folder, '').replace(/ Incorrect term: (“.*”), use.*/, ' $1'))).toEqual([
    '/page.md:3 “told”',
    '/locales/texts.json editor.rules: “Told”',
    '/locales/texts.json editor.rules: “anew”',
    '/dashboard.json panels.0.description: “One row a”',
    '/rules.yaml rules.0.annotations.summary: “told”',
  ]);
  expect(status).toBe(1);
});

test('every pattern of the word list finds the words that it is of', () => {
  const phrases = terms.map(([pattern]) => examplesOf(pattern)[0]!);
  const { lines } = style({ 'all.md': phrases.map((phrase) => `One ${phrase} two.`).join('\n\n') });
  const missed = phrases.filter((_, place) => !lines.some((line) => line.includes(`:${2 * place + 1} `)));
  expect(missed).toEqual([]);
});

test('a typographic apostrophe is named', () => {
  const { lines } = style({ 'page.md': "It can't.\n\nIt can’t.\n", 'locales/de.json': '{ "a": "It isn’t." }' });
  expect(lines.map((line) => line.replace(folder, '').replace(/ Incorrect (apostrophe): .*/, ' $1'))).toEqual([
    '/page.md:3 apostrophe',
    '/locales/de.json a: apostrophe',
  ]);
});

test('one spelling, the American, holds', () => {
  const { lines } = style({ 'page.md': 'The call centre in colours.\n' });
  expect(lines).toHaveLength(2);
});

test('texts without such words pass', () => {
  expect(style({ 'page.md': 'Leave empty to detect the offset from call IDs.\n' })).toEqual({ status: 0, lines: [] });
});

/** What a pattern matches, the first of each choice. */
function examplesOf(pattern: string): string[] {
  const plain = pattern
    .replace(/\(\?:([^|)]*)[^)]*\)\??/g, '$1')
    .replace(/\[([^\]])[^\]]*\]/g, '$1')
    .replace(/.\?/g, '')
    .replaceAll('\\', '');
  return plain.split('|');
}
