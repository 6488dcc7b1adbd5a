import { status } from '@grpc/grpc-js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { asPluginError } from './as-plugin-error';
import type { Logger } from './log';
import { statusDetails } from './status-details';
import { NotAskedError, whileAsked } from './while-asked';

/**
 * A gRPC handler of one request and one answer. `signal` is aborted once nobody waits for the answer. What `answer` throws
 * becomes the call's status, never a crash.
 */
export function answerUnary<Request, Answer>(
  log: Logger,
  stopping: AbortSignal,
  answer: (request: Request, signal: AbortSignal) => Promise<Answer>
): handleUnaryCall<Request, Answer> {
  return async (call, respond) => {
    try {
      respond(null, await whileAsked(call, stopping, (signal) => answer(call.request, signal)));
    } catch (error) {
      respond({
        code: error instanceof NotAskedError ? status.CANCELLED : status.UNKNOWN,
        details: statusDetails(error instanceof NotAskedError ? error : asPluginError(error, log)),
      });
    }
  };
}
