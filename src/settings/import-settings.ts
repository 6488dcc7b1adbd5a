import * as v from 'valibot';
import { databasePort } from './database-port';

export const importTypes = ['mysql', 'postgres', 'csv'] as const;
export type ImportType = (typeof importTypes)[number];

/** `cdr`: call detail records. `queue_log`: what Asterisk's queues wrote of callers, members and pauses. */
export const importKinds = ['cdr', 'queue_log'] as const;
export type ImportKind = (typeof importKinds)[number];

/** FreePBX's. */
export const defaultDatabase = 'asteriskcdrdb';

/** Where the PBX itself keeps its call detail records or its queue_log, for history and for what was missed. */
export const importEntries = v.object({
  kind: v.optional(v.picklist(importKinds), 'cdr'),
  /** amiws `server_name` of the PBX whose calls they are. */
  server: v.optional(v.pipe(v.string(), v.trim()), ''),
  type: v.optional(v.picklist(importTypes), 'mysql'),
  host: v.optional(v.pipe(v.string(), v.trim()), ''),
  port: databasePort,
  database: v.optional(v.string(), defaultDatabase),
  user: v.optional(v.string(), ''),
  /** `table` or `schema.table`; empty for `cdr` or `queue_log`, as the kind is. */
  table: v.optional(v.string(), ''),
  /** Connect with TLS and check the certificate, the host's name in it included. */
  tls: v.optional(v.boolean(), false),
  /** Columns with a name of their own: Asterisk's name of the field, or the label of a custom field, to the column. */
  columns: v.optional(v.record(v.string(), v.string()), {}),
  /** IANA zone that its times are kept in; empty where they are the PBX's wall clock, as is Asterisk's default. */
  timeZone: v.optional(v.string(), ''),
  /** CSV file or queue_log, in the folder that grafana.ini allows. */
  path: v.optional(v.string(), ''),
});

export type ImportSettings = v.InferOutput<typeof importEntries>;
export type SavedImport = v.InferInput<typeof importEntries>;

/** The table as it is called in the database. */
export function tableOf({ kind, table }: Pick<ImportSettings, 'kind' | 'table'>): string {
  return table === '' ? kind : table;
}

/** Whether its rows are only ever added at the end, so that what is new is what follows the last one. */
export function onlyGrows({ kind, type }: Pick<ImportSettings, 'kind' | 'type'>): boolean {
  return type === 'csv' || kind === 'queue_log';
}

/** Tells an import from others: the same as before there were kinds, so that what is kept of it is found. */
export function importKey(settings: ImportSettings): string {
  const { kind, ...rest } = { ...settings, table: tableOf(settings) };
  return JSON.stringify(kind === 'cdr' ? rest : { kind, ...rest });
}
