import { join, relative } from 'node:path';
import { bundleForNode } from '../build/bundle-for-node';
import { buildPlugin } from './build-plugin';
import { layPackage } from './lay-package';
import { packPlugin } from './pack-plugin';
import { cacheFolder, packages, root, simulatorFile, zipFile } from './packages';

/** `npm run package [name…]`: the zips of all platforms, or of those named, in `packages`. */
async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((word) => !packages.some(({ name }) => name === word));
  if (unknown.length > 0) {
    throw new Error(`No package ${unknown.join(', ')}. Expected ${packages.map(({ name }) => name).join(', ')}.`);
  }
  const plugin = join(cacheFolder, 'plugin');
  const bundled = await buildPlugin(plugin);
  await bundleForNode(join(root, 'tools/simulator/main.ts'), simulatorFile);
  for (const made of packages.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    layPackage(made, plugin, bundled);
    const bytes = await packPlugin(made.name);
    console.log(`${relative(root, zipFile(made.name))}: ${(bytes / 1e6).toFixed(0)} MB`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
