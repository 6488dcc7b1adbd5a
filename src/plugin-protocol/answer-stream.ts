import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import type { handleServerStreamingCall } from '@grpc/grpc-js';
import { asPluginError } from './as-plugin-error';
import type { Logger } from './log';
import { statusDetails } from './status-details';
import { NotAskedError, whileAsked } from './while-asked';

/**
 * A gRPC handler of one request and many answers. `send` resolves when the host takes more; it rejects, and `signal` is
 * aborted, once the host has cancelled or `stopping` is aborted. What `run` throws becomes the call's status. A call that
 * `stopping` breaks off fails: Grafana runs such a stream again, and a short file does not pass for a whole one.
 */
export function answerStream<Request, Answer>(
  log: Logger,
  stopping: AbortSignal,
  run: (request: Request, send: (answer: Answer) => Promise<void>, signal: AbortSignal) => Promise<void>
): handleServerStreamingCall<Request, Answer> {
  return async (call) => {
    try {
      await whileAsked(call, stopping, async (signal) => {
        const send = async (answer: Answer) => {
          signal.throwIfAborted();
          if (!call.write(answer)) {
            await once(call, 'drain', { signal });
          }
        };
        await run(call.request, send, signal).catch((error: unknown) => {
          // Whatever a wait throws that the signal ended, the signal's own reason tells why.
          throw signal.aborted ? signal.reason : error;
        });
        signal.throwIfAborted();
      });
      call.end();
    } catch (error) {
      if (error instanceof NotAskedError) {
        call.emit('error', {
          code: error.by === 'host' ? status.CANCELLED : status.UNAVAILABLE,
          details: error.message,
        });
      } else {
        call.emit('error', { code: status.UNKNOWN, details: statusDetails(asPluginError(error, log)) });
      }
    }
  };
}
