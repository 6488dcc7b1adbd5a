/** Why a database can't be asked, whatever is kept in it. */
export type ConnectionFailure =
  'refused' | 'unknown-host' | 'silent' | 'no-tls' | 'only-tls' | 'untrusted' | 'refused-user' | 'no-database';

/** By the codes of Node, mysql2, MySQL and PostgreSQL. */
const failures: Readonly<Record<string, ConnectionFailure>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ETIMEDOUT: 'silent',
  EHOSTUNREACH: 'silent',
  ENETUNREACH: 'silent',
  ER_ACCESS_DENIED_ERROR: 'refused-user',
  ER_HOST_NOT_PRIVILEGED: 'refused-user',
  '28P01': 'refused-user',
  '28000': 'refused-user',
  HANDSHAKE_NO_SSL_SUPPORT: 'no-tls',
  ER_SECURE_TRANSPORT_REQUIRED: 'only-tls',
  ER_DBACCESS_DENIED_ERROR: 'no-database',
  ER_BAD_DB_ERROR: 'no-database',
  '3D000': 'no-database',
};

/** Codes of Node, OpenSSL and mysql2 for a handshake that failed. */
const tlsFailure = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)|^EPROTO|^ERR_SSL_|^HANDSHAKE_SSL_ERROR/;

/** Null for what is no trouble of the connection. */
export function connectionFailure(error: unknown): ConnectionFailure | null {
  const { code = '', errors, message = '' } = error as { code?: string; errors?: unknown[]; message?: string };
  if (errors?.length && !message) {
    // A host with several addresses fails with an error of each.
    return connectionFailure(errors[0]);
  }
  if (Object.hasOwn(failures, code)) {
    return failures[code]!;
  }
  if (/timeout expired|timed out|connect ETIMEDOUT|due to connection timeout/i.test(message)) {
    return 'silent';
  }
  if (message === 'The server does not support SSL connections') {
    return 'no-tls';
  }
  return tlsFailure.test(code) ? 'untrusted' : null;
}
