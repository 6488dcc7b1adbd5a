import { statSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { browserOnly, pluginId, root, version, zipFile } from '../../tools/package/packages';
import { readZip, type PackedFile } from './read-zip';

let files: Map<string, PackedFile>;
let close: () => void;
beforeAll(async () => {
  const zip = await readZip(zipFile(browserOnly));
  files = new Map(zip.files.map((file) => [file.name.slice(`${pluginId}/`.length), file]));
  close = zip.close;
});
afterAll(() => close());

const read = async (name: string): Promise<string> => (await buffer(await files.get(name)!.read())).toString();

it('names no server part, so that Grafana starts none', async () => {
  const plugin = JSON.parse(await read('plugin.json')) as object;
  expect(plugin).toMatchObject({ id: pluginId, info: { version } });
  expect(plugin).not.toHaveProperty('backend');
  expect(plugin).not.toHaveProperty('executable');
  expect(plugin).not.toHaveProperty('alerting');
});

it('holds no program, no server and no native library', () => {
  const names = [...files.keys()];
  expect(names).toEqual(expect.arrayContaining(['module.js', 'README.md', 'CHANGELOG.md', 'LICENSE', 'img/logo.svg']));
  expect(names.filter((name) => /^(server|runtime|gpx_)|\.(node|so|dll|dylib)$/.test(name))).toEqual([]);
  expect([...files.values()].filter(({ mode }) => (mode & 0o111) !== 0)).toEqual([]);
});

it('has the licences of what its browser part holds of others, and of nothing else', async () => {
  const licences = await read('THIRD-PARTY-LICENCES.txt');
  expect(licences).toMatch(/\nreact-i18next [0-9.]+ \(/);
  expect(licences).not.toMatch(/@grpc|DuckDB|Node\.js is licensed/);
});

it('is as large as the README says, to half a megabyte', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const said = Number(/\| `browser-only` \| (\d+) MB/.exec(readme)?.[1]);
  expect(Math.abs(statSync(zipFile(browserOnly)).size / 1e6 - said)).toBeLessThan(0.5);
});
