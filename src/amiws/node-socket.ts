import { X509Certificate } from 'node:crypto';
import { WebSocket, type ClientOptions } from 'ws';
import type { AmiwsSocket, SocketFailure, SocketListener, SocketOptions } from './amiws-socket';
import { socketFailure } from './socket-failure';

const handshakeTimeout = 10_000;
const heartbeat = 15_000;
/** Bytes. A larger message closes the connection. */
const maxPayload = 16 * 1024 * 1024;

/**
 * A WebSocket of Node. UTF-8 is not checked, since amiws sends Latin-1 caller names as they are and a checking client
 * would close the connection. A peer that answers no WebSocket ping for two heartbeats is gone, though TCP did not tell.
 */
export function nodeSocket(url: string, options: SocketOptions, listener: SocketListener): AmiwsSocket {
  let isDone = false;
  const end = (failure: SocketFailure): void => {
    if (!isDone) {
      isDone = true;
      listener.closed(failure);
    }
  };
  const socket = open(url, options);
  if (!(socket instanceof WebSocket)) {
    queueMicrotask(() => end(socket));
    return { send: () => undefined, close: () => (isDone = true) };
  }
  let isAlive = true;
  const pulse = setInterval(() => {
    if (!isAlive) {
      end({ reason: 'timeout', detail: `no answer to a WebSocket ping within ${heartbeat / 1000} s` });
      socket.terminate();
    } else if (socket.readyState === WebSocket.OPEN) {
      isAlive = false;
      socket.ping();
    }
  }, heartbeat);
  socket.on('open', () => !isDone && listener.opened());
  socket.on('pong', () => (isAlive = true));
  socket.on('message', (data) => {
    isAlive = true;
    if (!isDone && data instanceof Uint8Array) {
      listener.message(data);
    }
  });
  socket.on('unexpected-response', (_request, response) => {
    const status = response.statusCode ?? 0;
    end({
      reason: status === 401 || status === 403 ? 'unauthorized' : 'not-amiws',
      detail: `the server answered HTTP ${status} ${response.statusMessage ?? ''}`.trim(),
    });
    socket.terminate();
  });
  socket.on('error', (error) => end(socketFailure(error)));
  socket.on('close', (code, reason) => {
    clearInterval(pulse);
    end({ reason: 'closed', detail: `the connection was closed (code ${code}) ${reason.toString()}`.trim() });
  });
  return {
    send: (text) => socket.send(text, () => undefined),
    close: () => {
      isDone = true;
      clearInterval(pulse);
      socket.close();
    },
  };
}

function open(url: string, { headers, tls }: SocketOptions): WebSocket | SocketFailure {
  try {
    if (tls.ca !== undefined) {
      // Node itself takes no notice of an authority that it can't read.
      new X509Certificate(tls.ca);
    }
  } catch {
    return { reason: 'certificate', detail: 'the CA certificate is not PEM (-----BEGIN CERTIFICATE----- …)' };
  }
  // `closeTimeout` is not among the published types yet.
  const clientOptions: ClientOptions & { closeTimeout: number } = {
    headers: { ...headers },
    ca: tls.ca,
    rejectUnauthorized: tls.skipVerify !== true,
    skipUTF8Validation: true,
    perMessageDeflate: false,
    maxPayload,
    handshakeTimeout,
    closeTimeout: 1_000,
  };
  try {
    return new WebSocket(url, clientOptions);
  } catch (error) {
    return { reason: 'not-amiws', detail: `the address can't be used: ${String(error)}. Expected ws:// or wss://` };
  }
}
