import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundledPackages } from './bundled-packages';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'bundled-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(folder: string, files: Readonly<Record<string, string>>): void {
  const name = folder.split('node_modules/').at(-1);
  const manifest = { name, version: '1.0.0', license: 'MIT' };
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
    const place = path.join(root, folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

const found = (...files: string[]) => bundledPackages(files, root).map(({ name, text }) => [name, text]);

test('each package is told once, also below another one or a scope, and what is no package’s not at all', () => {
  install('node_modules/b', { LICENSE: 'terms of b' });
  install('node_modules/b/node_modules/@c/d', { 'licence.md': 'terms of d\n', NOTICE: 'note of d' });
  expect(
    found(
      'src/server/main.ts',
      'node_modules/b/lib/one.js',
      'webpack://plugin/./node_modules/b/two.js',
      'node_modules/b/node_modules/@c/d/index.js'
    )
  ).toEqual([
    ['@c/d', expect.stringContaining('terms of d')],
    ['b', 'terms of b'],
  ]);
});

test('all files of terms count', () => {
  install('node_modules/b', { LICENSE: 'terms', 'NOTICE.txt': 'notice', 'index.js': '' });
  expect(found('node_modules/b/index.js')).toEqual([['b', 'terms\n\nnotice']]);
});

test('without such a file the README is read, else the heads of the files that are bundled', () => {
  install('node_modules/b', { 'README.md': '# b\n\nHello\n\n## License\n\nCopyright b\n\n## Thanks\n' });
  install('node_modules/c', {
    'one.js': '// Copyright c\n// Do what you want\nexport {};\n',
    'two.js': '"use strict";\n/* Copyright d */\nexport {};\n',
    'three.js': '// Nobody’s\n',
  });
  expect(found('node_modules/b/x.js', ...['one', 'two', 'three'].map((name) => `node_modules/c/${name}.js`))).toEqual([
    ['b', 'Copyright b'],
    ['c', '// Copyright c\n// Do what you want\n\n/* Copyright d */'],
  ]);
});

test('a package that tells its terms nowhere can’t be bundled', () => {
  install('node_modules/b', { 'index.js': '' });
  expect(() => found('node_modules/b/index.js')).toThrow(/node_modules\/b is bundled and tells its terms \(MIT\)/);
});
