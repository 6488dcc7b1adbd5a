import { build, type BuildOptions } from 'esbuild';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeFile } from './place-file';
import { targetOf } from './target';

/** Bundles the plugin's server part into `dist`, with everything it needs to run: `npm run build:server [entry]`. */
const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');
const target = targetOf(process.platform, process.arch);

const bundle: BuildOptions = {
  entryPoints: [process.argv[2] ?? join(root, 'src/server/main.ts')],
  outfile: join(dist, 'server/main.js'),
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  sourcemap: 'external',
  sourcesContent: false,
  // Loads a shared library that lies beside it, so it stays a package on disk.
  external: ['@duckdb/node-bindings-*'],
  nodePaths: [join(root, 'node_modules')],
  logLevel: 'warning',
};

/**
 * Grafana gives its child no PATH, so the launcher uses builtins of the shell only. Each statement that runs takes a
 * thread of Node's pool: more than its four, for several data sources and exports at once.
 */
const launcher = `#!/bin/sh
dir=\${0%/*}
[ "$dir" = "$0" ] && dir=.
UV_THREADPOOL_SIZE=32 exec "$dir/runtime/node" "$dir/server/main.js"
`;

function copyDuckdb(): void {
  const from = join(root, 'node_modules', target.duckdbPackage);
  const needed = readdirSync(from).filter((file) => file !== 'README.md');
  for (const file of needed) {
    placeFile(join(from, file), join(dist, 'server/node_modules', target.duckdbPackage, file));
  }
}

function copyRuntime(): void {
  placeFile(join(root, 'node_modules', target.nodePackage, 'bin/node'), join(dist, 'runtime/node'));
}

function writeLauncher(): void {
  const path = join(dist, `gpx_amiws_cdr_${target.goos}_${target.goarch}`);
  writeFileSync(path, launcher);
  chmodSync(path, 0o755);
}

mkdirSync(dist, { recursive: true });
copyDuckdb();
copyRuntime();
writeLauncher();
void build(bundle).catch(() => process.exit(1));
