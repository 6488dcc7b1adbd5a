import * as v from 'valibot';
import { describeIssues } from '../../settings/describe-issues';
import { startAt, type LiveStart } from '../../query/live-start';
import type { CdrQuery } from '../../query/model';
import { parseQuery } from '../../query/parse-query';
import { parseRange } from '../../query/parse-range';
import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

export interface LiveRequest {
  query: CdrQuery;
  /** Where its range, which ends now, begins. */
  start: LiveStart;
  intervalMs: number;
}

const span = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const schema = v.object({
  query: v.unknown(),
  start: v.union([v.strictObject({ rangeMs: span }), v.strictObject({ from: span })]),
  intervalMs: span,
});

/**
 * What a subscriber of a live channel sent along.
 * @throws PluginError or InvalidQueryError for what can't be asked, its range until now included
 */
export function parseLiveRequest(data: unknown, now = Date.now()): LiveRequest {
  const result = v.safeParse(schema, data);
  if (!result.success) {
    throw new Refusal([sentence('request.live-data'), ...describeIssues(result.issues)], 'downstream');
  }
  const { query, start, intervalMs } = result.output;
  parseRange({ from: startAt(start, now), to: now });
  return { query: parseQuery(query), start, intervalMs };
}
