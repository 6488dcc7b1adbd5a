/**
 * Folder in which an import may read CSV files: `csv_folder` of `[plugin.amiws-cdr-datasource]` in Grafana's
 * configuration, which arrives in the environment. Undefined, the default, allows none: whoever may edit a data source
 * names the file.
 */
export function csvFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.GF_PLUGIN_CSV_FOLDER || undefined;
}
