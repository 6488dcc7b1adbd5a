import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { buildSync } from 'esbuild';
import { itWhere } from '../../tests/support/describe-where';
import { posix } from '../../tools/test/needs';

const folder = mkdtempSync(join(tmpdir(), 'echo-'));
const bundle = join(folder, 'echo-plugin.cjs');

beforeAll(() => {
  buildSync({
    entryPoints: [join(__dirname, 'testdata/echo-plugin.ts')],
    bundle: true,
    platform: 'node',
    outfile: bundle,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [bundle], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((exit) => child.on('exit', exit));
  return { child, ended, err: text(child.stderr) };
}

const fromGrafana = { grafana_plugin_type: 'datasource' };

describe('serve', () => {
  it('tells someone who starts it by hand what it is', async () => {
    const { child, ended, err } = start({});
    const out = await text(child.stdout);
    expect(await ended).toBe(1);
    expect(out).toBe('');
    expect(await err).toMatch(/^This is the server part of a Grafana plugin\./);
  });

  itWhere(posix).each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, and stops cleanly on %s',
    async (signal) => {
      const { child, ended, err } = start(fromGrafana);
      const line = await new Promise<string>((printed) => child.stdout.once('data', (bytes) => printed(String(bytes))));
      expect(line).toMatch(/^1\|2\|unix\|\/[^|]+\|grpc\n$/);
      const socket = line.split('|')[3];
      expect(existsSync(socket)).toBe(true);
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(existsSync(dirname(socket))).toBe(false);
      expect(await err).toContain('"@message":"Echo stops"');
    }
  );
});
