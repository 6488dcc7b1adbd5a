import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { executableOf } from '../../tools/build/target';
import { manifestFile, packages, pluginId, root, version, zipFile } from '../../tools/package/packages';
import { platformsOf } from './platforms-of';
import { readZip, type PackedFile } from './read-zip';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');

/** What makes a file start as a program, for its owner, its group and others. */
const executable = 0o111;

describe.each(packages)('the package $name', ({ name, target, os, cpu, glibcFolder }) => {
  let files: Map<string, PackedFile>;
  let close: () => void;
  beforeAll(async () => {
    const zip = await readZip(zipFile(name));
    files = new Map(zip.files.map((file) => [file.name, file]));
    close = zip.close;
  });
  afterAll(() => close());

  const inPlugin = (file: string): string => `${pluginId}/${file}`;
  const read = async (file: string): Promise<Buffer> => buffer(await files.get(inPlugin(file))!.read());
  const duckdb = `server/node_modules/${target.duckdbPackage}`;

  it('is one folder of plain files, as Grafana unpacks a plugin', () => {
    const outside = [...files.keys()].filter((file) => !file.startsWith(inPlugin('')) || file.includes('..'));
    expect(outside).toEqual([]);
    expect([...files.values()].filter(({ mode }) => (mode & 0o170000) !== 0o100000)).toEqual([]);
  });

  it('has the launcher that Grafana starts on the platform, and no other', async () => {
    const plugin = JSON.parse((await read('plugin.json')).toString()) as { id: string; executable: string };
    expect(plugin.id).toBe(pluginId);
    const launchers = [...files.keys()].filter((file) => file.startsWith(inPlugin(plugin.executable)));
    expect(launchers).toEqual([inPlugin(executableOf(target))]);
    expect(executableOf(target)).toMatch(`${plugin.executable}_${target.goos}_${target.goarch}`);
  });

  it('marks programs as such and nothing else', () => {
    const programs = [...files.values()].filter(({ mode }) => mode & executable);
    const expected = os === 'win32' ? [executableOf(target)] : [executableOf(target), 'runtime/node'];
    expect(programs.map((file) => file.name)).toEqual(expected.map(inPlugin));
    expect(programs.every(({ mode }) => (mode & 0o777) === 0o755)).toBe(true);
  });

  it('has Node and DuckDB for the platform', async () => {
    const native = [...files.keys()].filter((file) => /\.(node|so|dylib|dll)$/.test(file));
    const library = { linux: 'libduckdb.so', darwin: 'libduckdb.dylib', win32: 'duckdb.dll' }[os as 'linux'];
    expect(native.sort()).toEqual([`${duckdb}/duckdb.node`, `${duckdb}/${library}`].map(inPlugin).sort());
    for (const file of [
      os === 'win32' ? executableOf(target) : 'runtime/node',
      `${duckdb}/duckdb.node`,
      `${duckdb}/${library}`,
    ]) {
      expect(platformsOf(await read(file))).toContain(`${os}-${cpu}`);
    }
  });

  it('has what Grafana loads in the browser', async () => {
    const plugin = JSON.parse((await read('plugin.json')).toString()) as {
      info: { version: string; logos: Record<string, string>; screenshots: Array<{ path: string }> };
      includes: Array<{ path: string }>;
      languages: string[];
    };
    expect(plugin.info.version).toBe(version);
    const named = [
      'module.js',
      ...Object.values(plugin.info.logos),
      ...[...plugin.includes, ...plugin.info.screenshots].map((named) => named.path),
      ...plugin.languages.map((language) => `locales/${language}/${pluginId}.json`),
    ];
    expect(named.filter((file) => !files.has(inPlugin(file)))).toEqual([]);
  });

  it('tells the licences of all that it holds of others', async () => {
    const licences = (await read('THIRD-PARTY-LICENCES.txt')).toString();
    expect(licences).toContain('Node.js is licensed for use as follows');
    expect(licences).toContain('Stichting DuckDB Foundation');
    // One bundled for the server alone, one for the browser alone, one that has its terms in its README.
    for (const bundled of ['@grpc/grpc-js', 'react-i18next', 'pgpass']) {
      expect(licences).toMatch(new RegExp(`\n${bundled} [0-9.]+ \\(\\S+\\)\n\n.{200}`, 's'));
    }
    expect(licences.includes('GCC RUNTIME LIBRARY EXCEPTION')).toBe(glibcFolder !== undefined);
  });

  it('is as large as the README tells, to a tenth', () => {
    const told = Number(new RegExp(`\\| \`${name}\` \\| (\\d+) MB`).exec(readme)?.[1]);
    const megabytes = statSync(zipFile(name)).size / 1e6;
    console.log(`${name}: ${megabytes.toFixed(1)} MB`);
    expect(Math.abs(megabytes - told) / told).toBeLessThan(0.1);
  });

  it('comes with a list of its files and their checksums, which is what a signature covers', async () => {
    const manifest = JSON.parse(readFileSync(manifestFile(name), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ plugin: pluginId, version });
    const listed = manifest.files as Record<string, string>;
    expect(Object.keys(listed).map(inPlugin).sort()).toEqual([...files.keys()].sort());
    const main = await read('server/main.js');
    expect(listed['server/main.js']).toBe(createHash('sha256').update(main).digest('hex'));
  });

  it('has a server part of Latin-1 alone, since V8 keeps any other text with two bytes a character', async () => {
    const main = (await read('server/main.js')).toString();
    expect(main.match(/.{0,40}[^\0-\xff].{0,40}/u)).toBeNull();
  });
});
