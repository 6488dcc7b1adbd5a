import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { asPluginError } from './as-plugin-error';
import type { Logger } from './log';
import { statusDetails } from './status-details';

/**
 * A gRPC handler of one request and many answers. `send` resolves when the host takes more; it rejects, and `signal` is
 * aborted, once the host has cancelled or `stopping` is aborted. What `run` throws before that becomes the call's status.
 */
export function answerStream<Request, Answer>(
  log: Logger,
  stopping: AbortSignal,
  run: (request: Request, send: (answer: Answer) => Promise<void>, signal: AbortSignal) => Promise<void>
): handleServerStreamingCall<Request, Answer> {
  return async (call) => {
    const cancelled = new AbortController();
    call.on('cancelled', () => cancelled.abort());
    const signal = AbortSignal.any([cancelled.signal, stopping]);

    const send = async (answer: Answer) => {
      signal.throwIfAborted();
      if (!call.write(answer)) {
        await once(call, 'drain', { signal });
      }
    };

    try {
      await run(call.request, send, signal);
      call.end();
    } catch (error) {
      if (signal.aborted) {
        call.end();
      } else {
        call.emit('error', { code: status.UNKNOWN, details: statusDetails(asPluginError(error, log)) });
      }
    }
  };
}
