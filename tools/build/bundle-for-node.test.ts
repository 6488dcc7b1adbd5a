import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleForNode } from './bundle-for-node';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'bundle-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('a package that is imported on demand becomes a file beside the program, which finds it', async () => {
  const entry = path.join(folder, 'entry.ts');
  writeFileSync(
    entry,
    `import { string, is } from 'valibot';
    void import('luxon').then(({ Duration }) => console.log(is(string(), 'a'), Duration.fromObject({ seconds: 90 }).toISO()));`
  );
  const program = path.join(folder, 'server/main.js');
  const files = await bundleForNode(entry, program);
  expect(execFileSync(process.execPath, [program]).toString()).toBe('true PT90S\n');
  const texts = ['main', 'luxon'].map((name) => readFileSync(path.join(folder, `server/${name}.js`), 'utf8'));
  expect(texts.map((text) => text.includes('fromMillis'))).toEqual([false, true]);
  expect(files).toEqual(expect.arrayContaining([expect.stringMatching(/valibot/), expect.stringMatching(/luxon/)]));
});
