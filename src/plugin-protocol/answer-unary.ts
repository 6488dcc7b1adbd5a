import { status } from '@grpc/grpc-js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { asPluginError } from './as-plugin-error';
import type { Logger } from './log';
import { statusDetails } from './status-details';

/** A gRPC handler of one request and one answer. What `answer` throws becomes the call's status, never a crash. */
export function answerUnary<Request, Answer>(
  log: Logger,
  answer: (request: Request) => Promise<Answer>
): handleUnaryCall<Request, Answer> {
  return async (call, respond) => {
    try {
      respond(null, await answer(call.request));
    } catch (error) {
      respond({ code: status.UNKNOWN, details: statusDetails(asPluginError(error, log)) });
    }
  };
}
