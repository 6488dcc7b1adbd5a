import { excerpt } from '../settings/describe-issues';
import { unknownFilters } from '../query/parse-query';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** What an answer says whose saved query holds filters of another version of the plugin. */
export function filterNotices(json: unknown): Notice[] {
  const unknown = unknownFilters(json);
  const filters = excerpt(unknown.join(', '));
  return unknown.length === 0 ? [] : [notice('warning', sentence('notice.filters.unknown', { filters }))];
}
