import { PluginError, type DataQuery, type DataRequest, type DataResponse } from '../plugin-protocol/plugin';
import { InvalidQueryError, parseQuery } from '../query/parse-query';
import { answerQuery } from './answer-query';
import type { DataSource } from './data-source';

/** Answers every query of a request, one that fails not harming the others. */
export async function queryData(source: DataSource, request: DataRequest): Promise<Map<string, DataResponse>> {
  const answers = await Promise.all(
    request.queries.map(async (query) => [query.refId, await respond(source, request, query)] as const)
  );
  return new Map(answers);
}

async function respond(source: DataSource, request: DataRequest, query: DataQuery): Promise<DataResponse> {
  try {
    if (request.headers.fromalert === 'true') {
      mustBeHeard(source);
    }
    const { from, to, intervalMs } = query;
    return { frames: [await answerQuery(source.answers, parseQuery(query.json), { from, to, intervalMs })] };
  } catch (error) {
    return { frames: [], error: asPluginError(error) };
  }
}

/** An alert rule must not read silence as "no missed calls". */
function mustBeHeard(source: DataSource): void {
  if (!source.state.isConnected) {
    throw new PluginError(
      'amiws is not connected, so nothing can be said of the calls right now. Save & test on the data source tells why.',
      'downstream',
      503
    );
  }
}

function asPluginError(error: unknown): PluginError {
  if (error instanceof PluginError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const isUsers = error instanceof InvalidQueryError || error instanceof RangeError;
  return new PluginError(message, isUsers ? 'downstream' : 'plugin', isUsers ? 400 : 500, { cause: error });
}
