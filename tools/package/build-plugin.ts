import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForNode } from '../build/bundle-for-node';
import { bundledPackages, type BundledPackage } from './bundled-packages';
import { onPlatform } from '../test/on-platform';
import { root } from './packages';

/**
 * Builds what is the same on every platform into `folder`, which nothing of an earlier build is left in: the browser part
 * and the server's bundle. Gives the npm packages that are in it.
 */
export async function buildPlugin(folder: string): Promise<BundledPackage[]> {
  const inBrowser = buildBrowserPart(folder);
  const bundle = join(folder, 'server/main.js');
  const onServer = await bundleForNode(join(root, 'src/server/main.ts'), bundle);
  rmSync(`${bundle}.map`);
  return bundledPackages([...inBrowser, ...onServer], root);
}

/** Builds the plugin without its server part into `folder`, in the same way. */
export function buildBrowserOnly(folder: string): BundledPackage[] {
  return bundledPackages(buildBrowserPart(folder, '--env', 'browserOnly'), root);
}

function buildBrowserPart(folder: string, ...environment: string[]): string[] {
  rmSync(folder, { recursive: true, force: true });
  const { file, args, shell } = onPlatform(process.platform, [
    'webpack',
    '--config',
    '.config/webpack/webpack.config.ts',
    '--mode',
    'production',
    '--stats',
    'errors-only',
    ...environment,
    '--output-path',
    folder,
  ]);
  execFileSync(file, args, {
    shell,
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const maps = readdirSync(folder).filter((file) => file.endsWith('.js.map'));
  return maps.flatMap((file) => sourcesOf(join(folder, file)));
}

function sourcesOf(map: string): string[] {
  return (JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] }).sources;
}
