import { sentence, type Sentence } from '../sentences/sentence';
import { parseAmiwsUrl } from './parse-amiws-url';
import type { AmiwsSocket, SocketListener, SocketOptions } from './amiws-socket';

/**
 * A WebSocket of a browser. Headers and certificates are the browser's own matter, so the options are not read. A
 * browser tells no reason for a failed handshake, and closes the connection (1006 or 1007) on a text that is not UTF-8.
 */
export function browserSocket(url: string, _options: SocketOptions, listener: SocketListener): AmiwsSocket {
  let isOpen = false;
  let isDone = false;
  let socket: WebSocket;
  const end = (reason: 'refused' | 'closed' | 'not-amiws', detail: Sentence): void => {
    if (!isDone) {
      isDone = true;
      listener.closed({ reason, detail });
    }
  };
  try {
    const parsed = parseAmiwsUrl(url);
    socket = new WebSocket('url' in parsed ? parsed.url : '');
  } catch {
    queueMicrotask(() => end('not-amiws', sentence('connection.found.bad-url')));
    return { send: () => undefined, close: () => (isDone = true) };
  }
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => {
    isOpen = true;
    if (!isDone) {
      listener.opened();
    }
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (!isDone) {
      listener.message(typeof data === 'string' ? data : new Uint8Array(data));
    }
  };
  socket.onclose = ({ code }) =>
    isOpen
      ? end('closed', sentence('connection.found.closed', { code: String(code) }))
      : end('refused', sentence('connection.found.browser', { code: String(code) }));
  return {
    send: (text) => socket.send(text),
    close: () => {
      isDone = true;
      socket.close();
    },
  };
}
