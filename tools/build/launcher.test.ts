import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { itWhere } from '../../tests/support/describe-where';
import { posix } from '../test/needs';
import { shellLauncher } from './launcher';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'launcher-'));
  mkdirSync(path.join(folder, 'runtime'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the launcher starts in place of Node tells of how it was started. */
function start(launcher: string, command: string, cwd: string): string[] {
  const node = '#!/bin/sh\necho "$*"\necho "$UV_THREADPOOL_SIZE"\necho "$LD_LIBRARY_PATH"\n';
  const [file, runtime] = [path.join(folder, 'launch'), path.join(folder, 'runtime/node')];
  writeFileSync(file, launcher);
  writeFileSync(runtime, node);
  [file, runtime].forEach((script) => chmodSync(script, 0o755));
  return execFileSync(command, [], { cwd, env: {} }).toString().split('\n').slice(0, 3);
}

itWhere(posix)(
  'the launcher starts the server beside it with the options of Node and a larger pool, without PATH',
  () => {
    const [args, threads, libraries] = start(shellLauncher(), path.join(folder, 'launch'), '/');
    expect(args).toMatch(/^--max-semi-space-size=\d+ --expose-gc .*\/server\/main\.js$/);
    expect(args).toContain(`${folder}/server/main.js`);
    expect([threads, libraries]).toEqual(['16', '']);
  }
);

itWhere(posix)('it finds them from its own folder too', () => {
  expect(start(shellLauncher(), './launch', folder)[0]).toMatch(/ \.\/server\/main\.js$/);
});

itWhere(posix)('where libraries come with it they are looked for in its folder first', () => {
  const [, , libraries] = start(
    shellLauncher({ libraryPath: '$dir/lib:/usr/glibc-compat/lib' }),
    path.join(folder, 'launch'),
    '/'
  );
  expect(libraries).toBe(`${folder}/lib:/usr/glibc-compat/lib`);
});

itWhere(posix)('a Node of one’s own is started where it is', () => {
  const node = path.join(folder, 'runtime/node');
  expect(start(shellLauncher({ node }), path.join(folder, 'launch'), '/')[0]).toContain(`${folder}/server/main.js`);
});
