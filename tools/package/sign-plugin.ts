import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onPlatform } from '../test/on-platform';

/**
 * Has Grafana sign a plugin folder, which gets a MANIFEST.txt; false when it did not. The token is taken from
 * GRAFANA_ACCESS_POLICY_TOKEN; `options` are those of Grafana's sign-plugin, which tells by itself what went wrong.
 */
export async function signPlugin(folder: string, options: readonly string[]): Promise<boolean> {
  const { file, args, shell } = onPlatform(process.platform, ['sign-plugin', '--distDir', folder, ...options]);
  const [code] = await once(spawn(file, args, { shell, stdio: 'inherit', env: process.env }), 'close');
  return code === 0;
}
