import { connectionFailure, type ConnectionFailure } from '../../database/connection-failure';
import { isHeardByOthers, type StoreSettings } from '../../settings/store-settings';
import { SlowQueryError } from '../slow-query-error';
import { NoPasswordError } from './connect-postgres';
import { sentence, type Sentence, type Text } from '../../sentences/sentence';
import { messageOf } from '../../sentences/text-of-error';
import { ownWords, type StoreProblem } from '../store-problem';

type Explain = (place: Place) => Text;
/** The names that advice needs: an Admin entered them. */
type Place = Pick<StoreSettings, 'type' | 'database' | 'user' | 'schema' | 'poolSize' | 'heardBy'>;

const retried = sentence('store.retried');

const connection: Readonly<Record<ConnectionFailure, Explain>> = {
  refused: () => [sentence('store.postgres.refused')],
  'unknown-host': () => [sentence('store.postgres.unknown-host')],
  silent: () => [sentence('store.postgres.silent')],
  'no-tls': () => [sentence('store.postgres.no-tls')],
  'only-tls': () => [sentence('store.postgres.only-tls')],
  untrusted: () => [sentence('store.postgres.untrusted')],
  'refused-user': ({ user, database }) => [
    sentence('store.postgres.refused-user', { user: quoted(user), database: quoted(database) }),
  ],
  'no-database': ({ database, user }) => [
    sentence('store.postgres.no-database', {
      database: quoted(database),
      statement: `CREATE DATABASE ${identifier(database)} OWNER ${identifier(user)}`,
    }),
  ],
};

/** What TLS failed of, by the codes of Node and OpenSSL. */
const tls: Readonly<Record<string, Sentence>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: sentence('store.postgres.certificate-name'),
  CERT_HAS_EXPIRED: sentence('store.postgres.certificate-expired'),
  ...Object.fromEntries(
    [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_GET_ISSUER_CERT',
    ].map((code) => [code, sentence('store.postgres.certificate-unknown')])
  ),
};

/** By SQLSTATE, or the code of the system. Source: PostgreSQL, appendix "Error Codes". */
const codes: Readonly<Record<string, Explain>> = {
  ENOENT: () => [sentence('store.postgres.no-socket')],
  EACCES: () => [sentence('store.postgres.socket-rights')],
  ECONNRESET: broken,
  EPIPE: broken,
  '57P01': broken,
  '57P02': broken,
  '08006': broken,
  '08003': broken,
  '57P03': () => [sentence('store.postgres.starting'), retried],
  '53100': () => [sentence('store.postgres.full'), retried],
  '53200': () => [sentence('store.postgres.memory'), retried],
  '53300': ({ poolSize }) => [sentence('store.postgres.connections', { poolSize }), retried],
  '25006': standby,
  '3F000': () => [sentence('store.postgres.no-schema')],
  '42P01': () => [sentence('store.postgres.no-table')],
  '55P03': () => [sentence('store.postgres.locked'), retried],
};

/** What PgBouncer says, all with the code of a protocol error. */
const poolerMessages: ReadonlyArray<readonly [found: RegExp, explain: Explain]> = [
  [/authentication failed|no such user|wrong password/i, connection['refused-user']],
  [/no such database/i, connection['no-database']],
  [/no more connections allowed|query_wait_timeout/i, codes['53300']!],
  [
    /cannot connect to server|server login|server_login_retry|server conn|pgbouncer is/i,
    () => [sentence('store.postgres.pooler'), retried],
  ],
];

/** What is wrong with a store in PostgreSQL and what to do. */
export function postgresProblem(error: unknown, place: Place): StoreProblem {
  return { text: textOf(error, place), detail: messageOf(error) };
}

function textOf(error: unknown, place: Place): Text {
  const { code, message } = rootOf(error);
  if (Object.hasOwn(tls, code)) {
    return [tls[code]!];
  }
  if (error instanceof SlowQueryError) {
    return [sentence('store.postgres.slow', { seconds: error.limitMs / 1000 }), retried];
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
    return [sentence('store.postgres.pool', { poolSize: place.poolSize }), retried];
  }
  if (error instanceof NoPasswordError) {
    return [sentence('store.postgres.no-password', { user: quoted(place.user) })];
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
  return failure === null ? [ownWords(message)] : connection[failure](place);
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

function standby(): Text {
  return [sentence('store.postgres.standby'), retried];
}

function broken(): Text {
  return [sentence('store.postgres.broken'), retried];
}

function missingGrant(message: string, place: Place): Text {
  const { database, user, schema } = place;
  const [role, said] = [identifier(user), { user: quoted(user), message }];
  if (/for database/.test(message)) {
    const values = { ...said, role, schema: identifier(schema), database: identifier(database) };
    return [sentence('store.postgres.grant-database', values)];
  }
  if (/^must be owner/.test(message)) {
    return [sentence('store.postgres.owner', said)];
  }
  const kind = isHeardByOthers(place) ? 'schema' : /for schema/.test(message) ? 'create' : 'tables';
  const statement = grants[kind].map((grant) => `GRANT ${grant} SCHEMA ${identifier(schema)} TO ${role}`).join('; ');
  return [sentence(`store.postgres.grant-${kind}`, { ...said, statement })];
}

/** What a role needs that only reads, what one needs to make tables, and what their owner has where nobody took it away. */
const grants = {
  schema: ['USAGE ON', 'SELECT ON ALL TABLES IN'],
  create: ['USAGE, CREATE ON'],
  tables: ['SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN', 'USAGE ON ALL SEQUENCES IN'],
} as const;

function quoted(name: string): string {
  return JSON.stringify(name);
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
