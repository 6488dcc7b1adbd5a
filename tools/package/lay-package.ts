import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layRuntime } from '../build/lay-runtime';
import { targetOf } from '../build/target';
import type { BundledPackage } from './bundled-packages';
import { fetchGccRuntime } from './gcc-runtime';
import { fetchModules } from './fetch-modules';
import { cacheFolder, pluginFolder, root, type Package } from './packages';
import { partOf, thirdPartyLicences, type ThirdParty } from './third-party-licences';

/** Holds the terms of what a package has of others. */
export const licencesFile = 'THIRD-PARTY-LICENCES.txt';

/** Lays out the folder that Grafana loads, from the plugin as `buildPlugin` built it and the parts of the platform. */
export function layPackage(made: Package, plugin: string, bundled: readonly BundledPackage[]): void {
  const { name, target, glibcFolder } = made;
  const folder = pluginFolder(name);
  const modules = fetchModules(made, join(cacheFolder, name));
  const gcc = glibcFolder === undefined ? undefined : fetchGccRuntime(join(cacheFolder, 'gcc'));
  rmSync(folder, { recursive: true, force: true });
  cpSync(plugin, folder, { recursive: true });
  layRuntime(target, { modules, gccLibraries: gcc?.libraries, glibcFolder }, folder);
  const licences = [
    nodeLicence(modules, target.nodePackage),
    duckdbLicence(modules, target.duckdbPackage),
    ...(gcc
      ? [{ title: 'libstdc++ and libgcc (GPL-3.0 with the GCC Runtime Library Exception)', text: gcc.licence }]
      : []),
    ...bundled.map(partOf),
  ];
  writeFileSync(join(folder, licencesFile), thirdPartyLicences(licences));
}

/** The npm package for Windows brings no licence: it is that of the same Node for any other system. */
function nodeLicence(modules: string, nodePackage: string): ThirdParty {
  const own = join(modules, nodePackage, 'LICENSE');
  const running = join(root, 'node_modules', targetOf(process.platform, process.arch).nodePackage, 'LICENSE');
  return {
    title: `Node.js ${versionOf(modules, nodePackage)}`,
    text: readFileSync(existsSync(own) ? own : running, 'utf8'),
  };
}

function duckdbLicence(modules: string, duckdbPackage: string): ThirdParty {
  return {
    title: `${duckdbPackage} ${versionOf(modules, duckdbPackage)}, DuckDB's library (MIT)`,
    text: readFileSync(join(modules, duckdbPackage, 'LICENSE'), 'utf8'),
  };
}

function versionOf(modules: string, name: string): string {
  return (JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as { version: string }).version;
}
