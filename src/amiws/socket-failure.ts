import { sentence } from '../sentences/sentence';
import type { FailureReason, SocketFailure } from './amiws-socket';

/** Codes of Node's system, TLS and HTTP parser errors. */
const reasonsByCode: Readonly<Record<string, FailureReason>> = {
  ECONNREFUSED: 'refused',
  EADDRNOTAVAIL: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'timeout',
  ENETUNREACH: 'timeout',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
  INVALID_CA: 'certificate',
  INVALID_PURPOSE: 'certificate',
};

/** Beginnings of codes, for the families that OpenSSL and the HTTP parser have. */
const reasonsByPrefix: ReadonlyArray<readonly [string, FailureReason]> = [
  ['CERT_', 'certificate'],
  ['UNABLE_TO_', 'certificate'],
  ['ERROR_IN_CERT_', 'certificate'],
  // TLS spoken to a port without it, and the other way round.
  ['EPROTO', 'not-amiws'],
  ['ERR_SSL_', 'not-amiws'],
  ['HPE_', 'not-amiws'],
];

/** Its message repeats what was received. */
const otherName = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** The class of an error that a Node WebSocket gave. */
export function socketFailure(error: Error): SocketFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const message = code !== '' && !error.message.includes(code) ? `${error.message} (${code})`.trim() : error.message;
  return {
    reason: reasonOf(code, error.message),
    detail:
      code === otherName
        ? sentence('connection.found.other-name', { code })
        : sentence('connection.found.error', { message }),
  };
}

function reasonOf(code: string, message: string): FailureReason {
  const byPrefix = reasonsByPrefix.find(([prefix]) => code.startsWith(prefix));
  const known = reasonsByCode[code] ?? byPrefix?.[1];
  if (known) {
    return known;
  }
  // The handshake's own errors carry no code. Source: ws lib/websocket.js.
  if (message === 'Opening handshake has timed out') {
    return 'timeout';
  }
  return /^Invalid (Upgrade|Sec-WebSocket-Accept) header$/.test(message) ? 'not-amiws' : 'closed';
}
