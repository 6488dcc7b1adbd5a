import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onPlatform } from '../test/on-platform';
import { verdict } from './verdict';

/**
 * `npm run api`: compares what the browser part uses of Grafana's packages with the lowest version that plugin.json
 * allows, by Grafana's levitate. What Grafana gives to plugins is compared; the rest is bundled.
 */
const root = join(import.meta.dirname, '../..');
const folder = join(root, '.cache/api');

mkdirSync(folder, { recursive: true });
['package.json', 'package-lock.json'].forEach((file) =>
  copyFileSync(join(import.meta.dirname, file), join(folder, file))
);
const npm = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const { file, args, shell } = onPlatform(process.platform, npm);
execFileSync(file, args, {
  shell,
  cwd: folder,
  stdio: ['ignore', 'ignore', 'inherit'],
});

const plugin = JSON.parse(readFileSync(join(root, 'plugin.json'), 'utf8')) as {
  dependencies: { grafanaDependency: string };
};
const lowest = plugin.dependencies.grafanaDependency.replace(/^>=/, '');
const levitate = join(folder, 'node_modules/@grafana/levitate/dist/bin.js');

/** Each use of `config`, a type that only grew, is a change that levitate counts without its name. */
const unnamed: Readonly<Record<string, number>> = { runtime: 2 };

const failures = ['data', 'runtime', 'ui'].flatMap((name) => {
  const target = `@grafana/${name}@${lowest}`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [levitate, 'is-compatible', '--path', 'src/module.ts', '--target', target, '--markdown'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 }
  );
  console.log(stdout.trim());
  return verdict(target, `${stdout}\n${stderr}`, unnamed[name]);
});
failures.forEach((failure) => console.error(failure));
process.exitCode = failures.length === 0 ? 0 : 1;
