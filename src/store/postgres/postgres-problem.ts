import { connectionFailure, type ConnectionFailure } from '../../database/connection-failure';
import type { StoreSettings } from '../../settings/store-settings';
import { SlowQueryError } from '../slow-query-error';
import { NoPasswordError } from './connect-postgres';
import { messageOf, type StoreProblem } from '../store-problem';

type Explain = (place: Place) => string;
/** The names that advice needs: an Admin entered them. */
type Place = Pick<StoreSettings, 'database' | 'user' | 'schema' | 'poolSize'>;

const byItself = 'What waits is then stored by itself.';

const connection: Readonly<Record<ConnectionFailure, Explain>> = {
  refused: () =>
    'No PostgreSQL listens at that host and port. Check both under Storage, that the server runs, and that it listens ' +
    'beyond its own machine (listen_addresses in postgresql.conf).',
  'unknown-host': () => 'The host of the PostgreSQL server is not known here. Check its spelling under Storage.',
  silent: () =>
    'The PostgreSQL server does not answer in time. Check host and port under Storage, and a firewall between Grafana and it.',
  'no-tls': () =>
    'The PostgreSQL server takes no TLS. Give it a certificate (ssl, ssl_cert_file and ssl_key_file in postgresql.conf), or ' +
    'switch TLS off under Storage where the network between it and Grafana is trusted.',
  'only-tls': () => 'The PostgreSQL server takes only connections with TLS. Switch TLS on under Storage.',
  untrusted: () =>
    "TLS with the PostgreSQL server failed. Check the certificate authority under Storage, and the server's certificate.",
  'refused-user': ({ user, database }) =>
    `PostgreSQL does not let the user ${quoted(user)} in. Check user, password and TLS under Storage, and that ` +
    `pg_hba.conf has a line for this user, the database ${quoted(database)} and Grafana's machine.`,
  'no-database': ({ database, user }) =>
    `PostgreSQL has no database ${quoted(database)}. Create it with CREATE DATABASE ${identifier(database)} OWNER ` +
    `${identifier(user)}, or correct the name under Storage.`,
};

/** What TLS failed of, by the codes of Node and OpenSSL. */
const tls: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID:
    "The PostgreSQL server's certificate is made out to another name than the host under Storage. Enter the host as the " +
    'certificate has it, or give the server a certificate for that host.',
  CERT_HAS_EXPIRED: "The PostgreSQL server's certificate has expired. Give the server a new one.",
  ...Object.fromEntries(
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_GET_ISSUER_CERT',
    ].map((code) => [
      code,
      "The PostgreSQL server's certificate is signed by an authority that is not known here. Enter the PEM of that " +
        'authority under Storage, or of the certificate where it signed itself.',
    ])
  ),
};

/** By SQLSTATE, or the code of the system. Source: PostgreSQL, appendix "Error Codes". */
const codes: Readonly<Record<string, Explain>> = {
  ENOENT: () =>
    'There is no socket of a PostgreSQL server in that folder. Check folder and port under Storage, and ' +
    'unix_socket_directories in postgresql.conf.',
  EACCES: () =>
    "The socket of the PostgreSQL server can't be used by the user that runs Grafana. Check its folder's rights.",
  ECONNRESET: broken,
  EPIPE: broken,
  '57P01': broken,
  '57P02': broken,
  '08006': broken,
  '08003': broken,
  '57P03': () => `The PostgreSQL server is starting, stopping or recovering. ${byItself}`,
  '53100': () =>
    `No space is left on the disk of the PostgreSQL server. Free some space there, or keep records for fewer days. ${byItself}`,
  '53200': () => `The PostgreSQL server is out of memory. Lower its work_mem or give it more. ${byItself}`,
  '53300': ({ poolSize }) =>
    'The PostgreSQL server takes no more connections. Raise max_connections (or the CONNECTION LIMIT of the role or ' +
    `database), put PgBouncer before it, or lower Connections under Storage, now ${poolSize} for each Grafana. ${byItself}`,
  '25006': standby,
  '3F000': () => "The schema is gone from the database. It is opened again, and set up where it can't be found.",
  '42P01': () =>
    "A table of the store is gone from the database. It is opened again, and set up where it can't be found.",
  '55P03': () => `A table of the store is locked by someone else. End what locks it. ${byItself}`,
};

/** What PgBouncer says, all with the code of a protocol error. */
const poolerMessages: ReadonlyArray<readonly [found: RegExp, explain: Explain]> = [
  [/authentication failed|no such user|wrong password/i, connection['refused-user']],
  [/no such database/i, connection['no-database']],
  [/no more connections allowed|query_wait_timeout/i, codes['53300']!],
  [
    /cannot connect to server|server login|server_login_retry|server conn|pgbouncer is/i,
    () =>
      `PgBouncer does not reach the PostgreSQL server. Check that the server runs, and [databases] in pgbouncer.ini. ${byItself}`,
  ],
];

/** What is wrong with a store in PostgreSQL and what to do. */
export function postgresProblem(error: unknown, place: Place): StoreProblem {
  return { text: textOf(error, place), detail: messageOf(error) };
}

function textOf(error: unknown, place: Place): string {
  const { code, message } = rootOf(error);
  if (Object.hasOwn(tls, code)) {
    return tls[code]!;
  }
  if (error instanceof SlowQueryError) {
    return `A statement took longer than ${error.limitMs / 1000} s and was ended. Look at what keeps the PostgreSQL server busy or locks its tables. ${byItself}`;
  }
  // Its code stands for other things too.
  if (/cannot set transaction read-write mode during recovery/.test(message)) {
    return standby();
  }
  if (message === 'The database does not answer.' || /due to connection timeout/.test(messageOf(error))) {
    return connection.silent(place);
  }
  if (code === '42501') {
    return missingGrant(message, place);
  }
  if (/timeout exceeded when trying to connect/.test(message)) {
    return (
      `All ${place.poolSize} connections to PostgreSQL were in use for too long. Raise Connections under Storage, or refresh ` +
      `less often where many panels ask at once. ${byItself}`
    );
  }
  if (error instanceof NoPasswordError) {
    return (
      `PostgreSQL asks the user ${quoted(place.user)} for a password, and none is known. Enter it under Storage. After a ` +
      `restart of Grafana it is known with the first request; until then what is heard waits in memory.`
    );
  }
  if (/Connection terminated unexpectedly|Client has encountered a connection error/.test(message)) {
    return broken();
  }
  const saidByPooler = code === '08P01' && poolerMessages.find(([found]) => found.test(message));
  if (saidByPooler) {
    return saidByPooler[1](place);
  }
  if (Object.hasOwn(codes, code)) {
    return codes[code]!(place);
  }
  const failure = connectionFailure(error);
  return failure === null ? `${message.trim().replace(/\.$/, '')}.` : connection[failure](place);
}

/** One with a code is what others were made of. */
function rootOf(error: unknown): { code: string; message: string } {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') {
    return { code, message: messageOf(error) };
  }
  return cause ? rootOf(cause) : { code: '', message: messageOf(error) };
}

/** True where the tables are not those that were opened. A connection that broke is no reason: the pool opens others. */
export function isFatalForPostgres(error: unknown): boolean {
  return ['3F000', '42P01'].includes(rootOf(error).code);
}

function standby(): string {
  return (
    'The PostgreSQL server is a read-only standby: what is stored can be read, but nothing stored. Enter the host of the ' +
    `primary under Storage, or a name that follows it. ${byItself}`
  );
}

function broken(): string {
  return `The connection to PostgreSQL broke, as when its server is restarted or another takes over. ${byItself}`;
}

function missingGrant(message: string, { database, user, schema }: Place): string {
  const grant = /for database/.test(message)
    ? `GRANT CREATE ON DATABASE ${identifier(database)} TO ${identifier(user)}, or CREATE SCHEMA ${identifier(schema)} ` +
      `AUTHORIZATION ${identifier(user)} as its owner`
    : `GRANT USAGE, CREATE ON SCHEMA ${identifier(schema)} TO ${identifier(user)}, and the rights on its tables that ` +
      'docs/postgres.md lists';
  return `PostgreSQL refuses the user ${quoted(user)} (${message}). Run ${grant}.`;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
