import * as v from 'valibot';
import { isDatabaseHost } from './database-host';
import { databasePort } from './database-port';
import { sentence } from '../sentences/sentence';
import { issueMessage } from './describe-issues';

export const storeTypes = ['duckdb', 'postgres'] as const;
export type StoreType = (typeof storeTypes)[number];

/** `verify` checks the certificate and the host's name in it, `require` encrypts without a check. */
export const tlsChoices = ['verify', 'require', 'off'] as const;
export type TlsChoice = (typeof tlsChoices)[number];

export const hearers = ['this', 'others'] as const;

/** Connections at once. A question, an export, the write and a cancellation each need one at the same time. */
export const poolSizes = { least: 4, most: 100, usual: 8 } as const;
/** Seconds. */
export const statementTimes = { least: 1, most: 600, usual: 30 } as const;

/** PostgreSQL cuts longer names off, so that two could become one. */
const longestName = 63;

/** A name of a schema that needs no quotes and is none of PostgreSQL's own. */
export function isSchemaName(name: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(name) && name.length <= longestName && !/^(pg_|information_schema$)/.test(name);
}

const within = ({ least, most }: { least: number; most: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

/** Where calls are kept: in a file of the data folder, or in PostgreSQL. */
export const storeSettings = v.pipe(
  v.object({
    type: v.optional(v.picklist(storeTypes), 'duckdb'),
    /** A name or an address, or the folder of a socket on Grafana's machine. */
    host: v.optional(
      v.pipe(
        v.string(),
        v.trim(),
        v.check((host) => host === '' || isDatabaseHost(host), issueMessage(sentence('settings.database-host')))
      ),
      ''
    ),
    port: databasePort,
    database: v.optional(v.string(), ''),
    user: v.optional(v.string(), ''),
    /** Where the tables are; empty for a name made of the data source's organization and UID. */
    schema: v.optional(
      v.pipe(
        v.string(),
        v.trim(),
        v.check((schema) => schema === '' || isSchemaName(schema), issueMessage(sentence('settings.schema')))
      ),
      ''
    ),
    /** Not used for a socket. */
    tls: v.optional(v.picklist(tlsChoices), 'verify'),
    poolSize: v.optional(within(poolSizes), poolSizes.usual),
    /** Seconds after which the database ends a statement. */
    statementTimeout: v.optional(within(statementTimes), statementTimes.usual),
    /** Spread the tables over the workers of a Citus cluster. */
    citus: v.optional(v.boolean(), false),
    /** Who listens to the PBX: this Grafana, or only others that share the store while this one answers from it. */
    heardBy: v.optional(v.picklist(hearers), 'this'),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed && dataset.value.type === 'postgres') {
      const missing = (['host', 'database', 'user'] as const).filter((name) => dataset.value[name] === '');
      if (missing.length > 0) {
        addIssue({ message: issueMessage(sentence('settings.postgres', { names: missing })) });
      }
    }
  })
);

/** True where this Grafana only answers from what others store. */
export function isHeardByOthers({ type, heardBy }: Pick<StoreSettings, 'type' | 'heardBy'>): boolean {
  return type === 'postgres' && heardBy === 'others';
}

export type StoreSettings = v.InferOutput<typeof storeSettings>;
export type SavedStore = v.InferInput<typeof storeSettings>;
