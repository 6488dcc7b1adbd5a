import { answerUnary } from './answer-unary';
import { asPluginError } from './as-plugin-error';
import { dataRequest } from './from-proto';
import type {
  DataResponse as ProtoResponse,
  DataServer,
  QueryDataRequest,
  QueryDataResponse,
} from './generated/backend';
import type { Logger } from './log';
import type { DataResponse, Plugin } from './plugin';
import { dataResponse } from './to-proto';

/** Grafana's QueryData. A failure as a whole answers every query; one in a single answer leaves the others alone. */
export function data(plugin: Plugin, log: Logger, stopping: AbortSignal): Pick<DataServer, 'queryData'> {
  return {
    queryData: answerUnary<QueryDataRequest, QueryDataResponse>(log, stopping, async (request, signal) => {
      const answers = await answersOf(request, signal);
      signal.throwIfAborted();
      const responses = new Map<string, ProtoResponse>();
      for (const [refId, answer] of answers) {
        responses.set(refId, await encoded(refId, answer, request));
      }
      return { responses };
    }),
  };

  async function answersOf(request: QueryDataRequest, signal: AbortSignal): Promise<Map<string, DataResponse>> {
    try {
      return await plugin.queryData(dataRequest(request), signal);
    } catch (thrown) {
      signal.throwIfAborted();
      const error = asPluginError(thrown, log);
      return new Map(request.queries.map(({ refId }) => [refId, { frames: [], error }]));
    }
  }

  async function encoded(refId: string, answer: DataResponse, { format }: QueryDataRequest): Promise<ProtoResponse> {
    try {
      if (answer.error) {
        asPluginError(answer.error, log);
      }
      return await dataResponse(refId, answer, format);
    } catch (thrown) {
      return dataResponse(refId, { frames: [], error: asPluginError(thrown, log) }, format);
    }
  }
}
