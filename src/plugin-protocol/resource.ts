import { answerStream } from './answer-stream';
import { asPluginError } from './as-plugin-error';
import { resourceRequest } from './from-proto';
import type { CallResourceRequest, CallResourceResponse, ResourceServer } from './generated/backend';
import type { Logger } from './log';
import type { Plugin, PluginError, ResourceChunk } from './plugin';
import { callResourceResponse } from './to-proto';

/** Grafana's CallResource. An error before the first piece is an HTTP answer, a later one breaks the answer off. */
export function resource(plugin: Plugin, log: Logger, stopping: AbortSignal): ResourceServer {
  return {
    callResource: answerStream<CallResourceRequest, CallResourceResponse>(
      log,
      stopping,
      async (request, send, signal) => {
        let begun = false;
        try {
          const sendChunk = (chunk: ResourceChunk): Promise<void> => {
            begun = true;
            return send(callResourceResponse(chunk));
          };
          await plugin.callResource(resourceRequest(request), sendChunk, signal);
        } catch (error) {
          if (begun || signal.aborted) {
            throw error;
          }
          await send(callResourceResponse(errorAnswer(asPluginError(error, log))));
        }
      }
    ),
  };
}

function errorAnswer({ message, status, details }: PluginError): ResourceChunk {
  const body = Buffer.from(JSON.stringify({ message, ...details }));
  return { status, headers: { 'content-type': ['application/json'] }, body };
}
