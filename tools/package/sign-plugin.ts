import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Has Grafana sign a plugin folder, which gets a MANIFEST.txt; false when it did not. The token is taken from
 * GRAFANA_ACCESS_POLICY_TOKEN; `options` are those of Grafana's sign-plugin, which tells by itself what went wrong.
 */
export async function signPlugin(folder: string, options: readonly string[]): Promise<boolean> {
  const args = ['--distDir', folder, ...options];
  const [code] = await once(spawn('sign-plugin', args, { stdio: 'inherit', env: process.env }), 'close');
  return code === 0;
}
