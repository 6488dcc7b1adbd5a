import type { Subscription } from 'rxjs';
import { livePath } from '../../src/query/live-path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import type { PluginClient } from '../../tools/plugin-host/plugin-client';

const records = { query: { queryType: 'records' }, start: { rangeMs: 60_000 }, intervalMs: 60_000 };

/** Adds each record that a live channel shows, by server and UniqueID, until unsubscribed or the plugin is gone. */
export function seeLive(client: PluginClient, dataSource: DataSource, seen: Set<string>): Subscription {
  let names: string[] = [];
  return client.runStream(dataSource, livePath('', records), records).subscribe({
    next: ({ schema, data }) => {
      names = schema?.fields.map(({ name }) => name) ?? names;
      const column = (name: string) => data?.values[names.indexOf(name)] ?? [];
      const servers = column('server');
      column('uniqueId').forEach((uniqueId, row) => seen.add(`${String(servers[row])} ${String(uniqueId)}`));
    },
    error: () => undefined,
  });
}
