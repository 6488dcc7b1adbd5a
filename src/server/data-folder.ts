import path from 'node:path';

/**
 * Where the stores are kept: `data_path` of `[plugin.amiws-cdr-datasource]` in Grafana's configuration, which arrives in
 * the environment, else a folder beside Grafana's plugins folder, so that an update of the plugin leaves it alone.
 *
 * @param serverFolder folder of this program, `<plugins>/amiws-cdr-datasource/server`
 */
export function dataFolder(env: Readonly<Record<string, string | undefined>>, serverFolder: string): string {
  return env.GF_PLUGIN_DATA_PATH || path.resolve(serverFolder, '..', '..', '..', 'amiws-cdr-data');
}
