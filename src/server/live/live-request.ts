import * as v from 'valibot';
import { PluginError } from '../../plugin-protocol/plugin';
import { describeIssues } from '../../settings/describe-issues';
import type { LiveStart } from '../../query/live-start';
import type { CdrQuery } from '../../query/model';
import { parseQuery } from '../../query/parse-query';

export interface LiveRequest {
  query: CdrQuery;
  /** Where its range, which ends now, begins. */
  start: LiveStart;
  intervalMs: number;
}

const span = v.pipe(v.number(), v.minValue(0));
const schema = v.object({
  query: v.unknown(),
  start: v.union([v.strictObject({ rangeMs: span }), v.strictObject({ from: span })]),
  intervalMs: span,
});

/** The query and the length of its range that a subscriber of a live channel sent along. */
export function parseLiveRequest(data: unknown): LiveRequest {
  const result = v.safeParse(schema, data);
  if (!result.success) {
    throw new PluginError(`The live channel's data can't be used: ${describeIssues(result.issues)}`, 'downstream');
  }
  return { ...result.output, query: parseQuery(result.output.query) };
}
