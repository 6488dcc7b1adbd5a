import type { ImportSettings } from '../settings/import-settings';
import { ImportError } from './import-error';

type Explain = (settings: ImportSettings, port: number) => string;

const refusedUser: Explain = ({ user, database }) =>
  `The database does not let the user ${JSON.stringify(user)} in. Check user and password, and that the user may ` +
  `connect from Grafana's machine to ${JSON.stringify(database)} (GRANT ... TO user@host, pg_hba.conf).`;
const noDatabase: Explain = ({ database, user }) =>
  `There is no database ${JSON.stringify(database)} that ${JSON.stringify(user)} may use. FreePBX calls it asteriskcdrdb.`;
const noTable: Explain = ({ table, database }) =>
  `There is no table ${JSON.stringify(table)} in ${JSON.stringify(database)}. Asterisk calls it cdr; write schema.table ` +
  'where it is in a schema of its own.';
const noSelect: Explain = ({ table, user }) =>
  `The user ${JSON.stringify(user)} may not read ${JSON.stringify(table)}: GRANT SELECT ON ${table} TO the user. ` +
  'Nothing more is needed.';
const unknownHost: Explain = ({ host }) => `The host ${JSON.stringify(host)} is not known here: check its spelling.`;
const noTls: Explain = ({ host }, port) =>
  `The database at ${host}:${port} takes no TLS: give it a certificate (ssl_cert and ssl_key of MariaDB, ssl of PostgreSQL), ` +
  'or switch TLS off where the network between it and Grafana is trusted.';
const onlyTls: Explain = () => 'The database takes only connections with TLS: switch TLS on.';
// Behind the semicolon Node says how to start it otherwise.
const untrusted = ({ host }: ImportSettings, message: string): string =>
  `The database can't be trusted (${message.split(';')[0]}): give the authority that signed its certificate, and check ` +
  `that it is made out to ${JSON.stringify(host)}.`;
const silent: Explain = ({ host }, port) =>
  `Nothing answers at ${host}:${port}: check a firewall between Grafana and the database.`;

/** By the codes of Node, MySQL and PostgreSQL. */
const explanations: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: ({ host }, port) =>
    `Nothing listens at ${host}:${port}. Check host and port, and that the database listens beyond its own machine ` +
    '(bind-address of MariaDB, listen_addresses of PostgreSQL).',
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ETIMEDOUT: silent,
  EHOSTUNREACH: silent,
  ENETUNREACH: silent,
  ER_ACCESS_DENIED_ERROR: refusedUser,
  ER_HOST_NOT_PRIVILEGED: refusedUser,
  '28P01': refusedUser,
  '28000': refusedUser,
  HANDSHAKE_NO_SSL_SUPPORT: noTls,
  ER_SECURE_TRANSPORT_REQUIRED: onlyTls,
  ER_DBACCESS_DENIED_ERROR: noDatabase,
  ER_BAD_DB_ERROR: noDatabase,
  '3D000': noDatabase,
  ER_NO_SUCH_TABLE: noTable,
  '42P01': noTable,
  '3F000': noTable,
  ER_TABLEACCESS_DENIED_ERROR: noSelect,
  ER_COLUMNACCESS_DENIED_ERROR: noSelect,
  '42501': noSelect,
};

/** Codes of Node, OpenSSL and mysql2 for a handshake that failed. */
const tlsFailure = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)|^EPROTO|^ERR_SSL_|^HANDSHAKE_SSL_ERROR/;

/** Why a table or file can't be read, in words that say what to try. */
export function explainFailure(error: unknown, settings: ImportSettings, port: number): string {
  if (error instanceof ImportError) {
    return error.message;
  }
  const { code = '', errors, message = '' } = error as { code?: string; errors?: unknown[]; message?: string };
  if (errors?.length && !message) {
    // A host with several addresses fails with an error of each.
    return explainFailure(errors[0], settings, port);
  }
  if (Object.hasOwn(explanations, code)) {
    return explanations[code]!(settings, port);
  }
  if (/timeout expired|timed out|connect ETIMEDOUT/i.test(message)) {
    return silent(settings, port);
  }
  if (message === 'The server does not support SSL connections') {
    return noTls(settings, port);
  }
  if (tlsFailure.test(code)) {
    return untrusted(settings, message);
  }
  return message || String(error);
}
