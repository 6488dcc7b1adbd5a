import { connectionFailure, type ConnectionFailure } from '../database/connection-failure';
import { tableOf, type ImportSettings } from '../settings/import-settings';
import { ImportError } from './import-error';

type Explain = (settings: ImportSettings, port: number) => string;

const noTable: Explain = ({ kind, table, database }) =>
  `There is no table ${JSON.stringify(tableOf({ kind, table }))} in ${JSON.stringify(database)}. Asterisk calls it ` +
  `${kind === 'cdr' ? 'cdr' : 'queue_log, FreePBX queuelog'}; write schema.table where it is in a schema of its own.`;
const noSelect: Explain = ({ user, ...settings }) =>
  `The user ${JSON.stringify(user)} may not read ${JSON.stringify(tableOf(settings))}: GRANT SELECT ON ` +
  `${tableOf(settings)} TO the user. ` +
  'Nothing more is needed.';
const explanations: Readonly<Record<Exclude<ConnectionFailure, 'untrusted'>, Explain>> = {
  refused: ({ host }, port) =>
    `Nothing listens at ${host}:${port}. Check host and port, and that the database listens beyond its own machine ` +
    '(bind-address of MariaDB, listen_addresses of PostgreSQL).',
  'unknown-host': ({ host }) => `The host ${JSON.stringify(host)} is not known here: check its spelling.`,
  silent: ({ host }, port) => `Nothing answers at ${host}:${port}: check a firewall between Grafana and the database.`,
  'no-tls': ({ host }, port) =>
    `The database at ${host}:${port} takes no TLS: give it a certificate (ssl_cert and ssl_key of MariaDB, ssl of ` +
    'PostgreSQL), or switch TLS off where the network between it and Grafana is trusted.',
  'only-tls': () => 'The database takes only connections with TLS: switch TLS on.',
  'refused-user': ({ user, database }) =>
    `The database does not let the user ${JSON.stringify(user)} in. Check user and password, and that the user may ` +
    `connect from Grafana's machine to ${JSON.stringify(database)} (GRANT ... TO user@host, pg_hba.conf).`,
  'no-database': ({ database, user }) =>
    `There is no database ${JSON.stringify(database)} that ${JSON.stringify(user)} may use. FreePBX calls it asteriskcdrdb.`,
};

// Behind the semicolon Node says how to start it otherwise.
const untrusted = ({ host }: ImportSettings, message: string): string =>
  `The database can't be trusted (${message.split(';')[0]}): give the authority that signed its certificate, and check ` +
  `that it is made out to ${JSON.stringify(host)}.`;

/** What a table refuses, by the codes of MySQL and PostgreSQL. */
const tableExplanations: Readonly<Record<string, Explain>> = {
  ER_NO_SUCH_TABLE: noTable,
  '42P01': noTable,
  '3F000': noTable,
  ER_TABLEACCESS_DENIED_ERROR: noSelect,
  ER_COLUMNACCESS_DENIED_ERROR: noSelect,
  '42501': noSelect,
};

/** Why a table or file can't be read, in words that say what to try. */
export function explainFailure(error: unknown, settings: ImportSettings, port: number): string {
  if (error instanceof ImportError) {
    return error.message;
  }
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const failure = connectionFailure(error);
  if (failure !== null) {
    return failure === 'untrusted' ? untrusted(settings, message) : explanations[failure](settings, port);
  }
  return Object.hasOwn(tableExplanations, code) ? tableExplanations[code]!(settings, port) : message || String(error);
}
