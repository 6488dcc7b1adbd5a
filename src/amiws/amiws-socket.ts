import type { Sentence } from '../sentences/sentence';

/** Why there is no connection. What to try next follows from it. */
export type FailureReason =
  | 'refused'
  | 'certificate'
  | 'not-amiws'
  | 'dns'
  | 'timeout'
  | 'unauthorized'
  | 'closed'
  // Of the AMI.
  | 'not-ami'
  | 'login'
  | 'in-use'
  | 'clear-text';

/** How a connection, or the attempt to make one, ended. */
export interface SocketFailure {
  reason: FailureReason;
  /** What was found. */
  detail: Sentence;
}

export interface SocketOptions {
  /** Headers of the handshake, for a reverse proxy. A browser can set none. */
  headers: Readonly<Record<string, string>>;
  tls: TlsOptions;
}

export interface TlsOptions {
  /** PEM of the authority that must have signed the certificate, in place of the system's. */
  ca?: string;
  /** Accept any certificate. */
  skipVerify?: boolean;
}

/** What a socket tells. `closed` comes once and last; nothing comes after `AmiwsSocket.close`. */
export interface SocketListener {
  opened(): void;
  message(data: string | Uint8Array): void;
  closed(failure: SocketFailure): void;
}

/** A WebSocket reduced to what amiws needs, so that Node and browsers have one connection code. */
export interface AmiwsSocket {
  send(text: string): void;
  close(): void;
}

/** Starts a connection. Never throws: whatever is wrong is told by `closed`, later. */
export type OpenSocket = (url: string, options: SocketOptions, listener: SocketListener) => AmiwsSocket;
