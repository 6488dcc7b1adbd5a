/** What of a gRPC call tells that the host has given it up. */
interface Cancellable {
  on(event: 'cancelled', listener: () => void): unknown;
}

/** Why nobody waits for an answer any more. */
export class NotAskedError extends Error {
  override name = 'AbortError';
  constructor(readonly by: 'host' | 'stop') {
    super(by === 'host' ? 'Grafana has cancelled the request.' : 'The server part of the plugin stops.');
  }
}

/**
 * Runs what answers a call. Its signal is aborted, with a NotAskedError, once the host cancels the call (a panel was closed,
 * or its range changed) or `stopping` is aborted.
 */
export async function whileAsked<T>(
  call: Cancellable,
  stopping: AbortSignal,
  answer: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  const asked = new AbortController();
  const stop = (): void => asked.abort(new NotAskedError('stop'));
  call.on('cancelled', () => asked.abort(new NotAskedError('host')));
  stopping.addEventListener('abort', stop, { once: true });
  if (stopping.aborted) {
    stop();
  }
  try {
    return await answer(asked.signal);
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}
