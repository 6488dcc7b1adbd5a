import { X509Certificate } from 'node:crypto';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { sentence } from '../sentences/sentence';
import { socketFailure } from '../amiws/socket-failure';
import type { SocketFailure } from '../amiws/amiws-socket';

/** Where the AMI of a PBX is, and who logs in. */
export interface AmiAddress {
  /** What the PBX is called: the `server` of its calls. */
  server: string;
  host: string;
  port: number;
  /** TLS, by which the certificate and the host's name in it are checked. */
  tls: boolean;
  /** PEM of the authority that must have signed the certificate, in place of the system's. */
  ca?: string;
  user: string;
  secret: string;
}

/** Opens a connection to an AMI. Never throws: what is wrong with the address comes as its failure. */
export function openAmiSocket({ host, port, tls, ca }: AmiAddress): Socket | SocketFailure {
  try {
    if (tls && ca !== undefined) {
      // Node itself takes no notice of an authority that it can't read.
      new X509Certificate(ca);
    }
  } catch {
    return { reason: 'certificate', detail: sentence('connection.found.bad-ca') };
  }
  try {
    return tls
      ? connectTls({ host, port, ca, ...(isIP(host) === 0 ? { servername: host } : {}) })
      : connectTcp({ host, port });
  } catch {
    return { reason: 'dns', detail: sentence('connection.found.bad-address') };
  }
}

/** Why a connection to an AMI failed; what is told repeats nothing that was received. */
export function amiFailure(error: Error): SocketFailure {
  const { reason, detail } = socketFailure(error);
  return reason === 'not-amiws'
    ? { reason: 'not-ami', detail: sentence('connection.found.no-tls', { code: codeOf(error) }) }
    : { reason, detail };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
