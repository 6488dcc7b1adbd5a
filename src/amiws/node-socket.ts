import { X509Certificate } from 'node:crypto';
import { WebSocket, type ClientOptions } from 'ws';
import { sentence } from '../sentences/sentence';
import type { AmiwsSocket, SocketFailure, SocketListener, SocketOptions } from './amiws-socket';
import { Beats } from './beats';
import { parseAmiwsUrl } from './parse-amiws-url';
import { socketFailure } from './socket-failure';

const handshakeTimeout = 10_000;
const heartbeat = 15_000;
/** Pings in a row without an answer. */
const mostUnanswered = 2;
/** HTTP 1xx answers before the one to the handshake. */
const mostInterim = 16;
/** Bytes. A larger message closes the connection. */
const maxPayload = 16 * 1024 * 1024;

/**
 * A WebSocket of Node. UTF-8 is not checked, since amiws sends Latin-1 caller names as they are and a checking client
 * would close the connection. A peer that answers no WebSocket ping is gone, though TCP does not show it. What is told of
 * a failure repeats nothing that was received.
 */
export function nodeSocket(url: string, options: SocketOptions, listener: SocketListener): AmiwsSocket {
  let isDone = false;
  const end = (failure: SocketFailure): void => {
    if (!isDone) {
      isDone = true;
      listener.closed(failure);
    }
  };
  const socket = open(url, options, (failure) => fail(failure));
  if (!(socket instanceof WebSocket)) {
    queueMicrotask(() => end(socket));
    return { send: () => undefined, close: () => (isDone = true) };
  }
  const fail = (failure: SocketFailure): void => {
    end(failure);
    socket.terminate();
  };
  // The handshake's own time limit begins anew with each byte.
  const deadline = setTimeout(
    () =>
      fail({
        reason: 'timeout',
        detail: sentence('connection.found.no-handshake', { seconds: handshakeTimeout / 1000 }),
      }),
    handshakeTimeout
  );
  const beats = new Beats(heartbeat);
  let unanswered = 0;
  const pulse = setInterval(() => {
    if (beats.isLeftOut()) {
      return;
    }
    if (unanswered === mostUnanswered) {
      const seconds = (mostUnanswered * heartbeat) / 1000;
      fail({ reason: 'timeout', detail: sentence('connection.found.no-pong', { seconds }) });
    } else if (socket.readyState === WebSocket.OPEN) {
      unanswered++;
      socket.ping();
    }
  }, heartbeat);
  socket.on('open', () => {
    clearTimeout(deadline);
    if (!isDone) {
      listener.opened();
    }
  });
  socket.on('pong', () => (unanswered = 0));
  socket.on('message', (data) => {
    unanswered = 0;
    if (!isDone && data instanceof Uint8Array) {
      listener.message(data);
    }
  });
  socket.on('unexpected-response', (_request, response) => {
    const status = response.statusCode ?? 0;
    fail({
      reason: status === 401 || status === 403 ? 'unauthorized' : 'not-amiws',
      detail: sentence('connection.found.status', { status: String(status) }),
    });
  });
  socket.on('error', (error) => end(socketFailure(error)));
  socket.on('close', (code) => {
    clearInterval(pulse);
    clearTimeout(deadline);
    end({ reason: 'closed', detail: sentence('connection.found.closed', { code: String(code) }) });
  });
  return {
    send: (text) => socket.send(text, () => undefined),
    close: () => {
      isDone = true;
      clearInterval(pulse);
      clearTimeout(deadline);
      socket.close();
    },
  };
}

function open(
  url: string,
  { headers, tls }: SocketOptions,
  fail: (failure: SocketFailure) => void
): WebSocket | SocketFailure {
  const parsed = parseAmiwsUrl(url);
  if ('problem' in parsed) {
    return { reason: 'not-amiws', detail: sentence('connection.found.bad-url') };
  }
  try {
    if (tls.ca !== undefined) {
      // Node itself takes no notice of an authority that it can't read.
      new X509Certificate(tls.ca);
    }
  } catch {
    return { reason: 'certificate', detail: sentence('connection.found.bad-ca') };
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
    finishRequest: (request) => {
      let interim = 0;
      request.on('information', () => {
        if (++interim > mostInterim) {
          fail({ reason: 'not-amiws', detail: sentence('connection.found.interim') });
        }
      });
      request.end();
    },
  };
  try {
    return new WebSocket(parsed.url, clientOptions);
  } catch {
    // Such as a header with a character that none may have.
    return { reason: 'not-amiws', detail: sentence('connection.found.bad-header') };
  }
}
