import { buildManifest } from '@grafana/sign-plugin/dist/utils/manifest.js';
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { manifestFile, pluginFolder, zipFile } from './packages';
import { writeZip } from './write-zip';

/** Packs the plugin folder of a package, and tells what a signature would be made of. Gives the bytes of the zip. */
export async function packPlugin(name: string): Promise<number> {
  const folder = pluginFolder(name);
  await writeFile(manifestFile(name), JSON.stringify(await buildManifest(folder), null, 2));
  await writeZip(folder, zipFile(name));
  return statSync(zipFile(name)).size;
}
