import * as v from 'valibot';
import { databasePort } from './database-port';

export const importTypes = ['mysql', 'postgres', 'csv'] as const;
export type ImportType = (typeof importTypes)[number];

/** Where the PBX itself keeps its call detail records, for history and for what was missed. */
export const importEntries = v.object({
  /** amiws `server_name` of the PBX whose calls they are. */
  server: v.optional(v.pipe(v.string(), v.trim()), ''),
  type: v.optional(v.picklist(importTypes), 'mysql'),
  host: v.optional(v.pipe(v.string(), v.trim()), ''),
  port: databasePort,
  database: v.optional(v.string(), 'asteriskcdrdb'),
  user: v.optional(v.string(), ''),
  /** `table` or `schema.table`. */
  table: v.optional(v.string(), 'cdr'),
  /** Connect with TLS and check the certificate, the host's name in it included. */
  tls: v.optional(v.boolean(), false),
  /** Columns with a name of their own: Asterisk's name of the field, or the label of a custom field, to the column. */
  columns: v.optional(v.record(v.string(), v.string()), {}),
  /** IANA zone that its times are kept in; empty where they are the PBX's wall clock, as is Asterisk's default. */
  timeZone: v.optional(v.string(), ''),
  /** CSV file, in the folder that grafana.ini allows. */
  path: v.optional(v.string(), ''),
});

export type ImportSettings = v.InferOutput<typeof importEntries>;
export type SavedImport = v.InferInput<typeof importEntries>;
