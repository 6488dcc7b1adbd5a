import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundleForNode } from '../build/bundle-for-node';
import { buildBrowserOnly, buildPlugin } from './build-plugin';
import { layPackage, licencesFile } from './lay-package';
import { packPlugin } from './pack-plugin';
import {
  browserOnly,
  cacheFolder,
  packageNames,
  packages,
  pluginFolder,
  root,
  simulatorFile,
  zipFile,
} from './packages';
import { partOf, thirdPartyLicences } from './third-party-licences';

/** `npm run package [name…]`: all zips, or those named, in `packages`. */
async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((word) => !packageNames.includes(word));
  if (unknown.length > 0) {
    throw new Error(`No package ${unknown.join(', ')}. Expected ${packageNames.join(', ')}.`);
  }
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
  const plugin = join(cacheFolder, 'plugin');
  const bundled = await buildPlugin(plugin);
  await bundleForNode(join(root, 'tools/simulator/main.ts'), simulatorFile);
  for (const made of packages.filter(({ name }) => isWanted(name))) {
    layPackage(made, plugin, bundled);
    await pack(made.name);
  }
  if (isWanted(browserOnly)) {
    const inBrowser = buildBrowserOnly(pluginFolder(browserOnly));
    writeFileSync(join(pluginFolder(browserOnly), licencesFile), thirdPartyLicences(inBrowser.map(partOf)));
    await pack(browserOnly);
  }
}

async function pack(name: string): Promise<void> {
  const bytes = await packPlugin(name);
  console.log(`${relative(root, zipFile(name))}: ${(bytes / 1e6).toFixed(0)} MB`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
