import { existsSync } from 'node:fs';
import { packPlugin } from './pack-plugin';
import { packageNames, pluginFolder } from './packages';
import { signPlugin } from './sign-plugin';

/**
 * `npm run sign [-- --rootUrls https://grafana.example.com/]`: has Grafana sign each package that `npm run package` made,
 * with the token in GRAFANA_ACCESS_POLICY_TOKEN, and packs it again with its MANIFEST.txt.
 */
async function main(options: string[]): Promise<void> {
  const made = packageNames.filter((name) => existsSync(pluginFolder(name)));
  if (made.length === 0) {
    throw new Error('There is no package to sign: npm run package makes them.');
  }
  for (const name of made) {
    if (!(await signPlugin(pluginFolder(name), options))) {
      throw new Error(`${name} is not signed.`);
    }
    await packPlugin(name);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
