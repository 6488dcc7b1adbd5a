import * as v from 'valibot';
import { PluginError } from '../plugin-protocol/plugin';
import type { TimeRange } from '../query/answer';
import { describeIssues } from '../query/describe-issues';
import type { CdrQuery } from '../query/model';
import { parseQuery } from '../query/parse-query';

export interface LiveRequest extends TimeRange {
  query: CdrQuery;
}

const schema = v.object({ query: v.unknown(), from: v.number(), to: v.number(), intervalMs: v.number() });

/** The query and range that a subscriber of a live channel sent along. */
export function parseLiveRequest(data: unknown): LiveRequest {
  const result = v.safeParse(schema, data);
  if (!result.success) {
    throw new PluginError(`The live channel's data can't be used: ${describeIssues(result.issues)}`, 'downstream');
  }
  return { ...result.output, query: parseQuery(result.output.query) };
}
