import type { AnswerMeta } from './answer';
import { excerpt } from '../settings/describe-issues';
import { unknownFilters } from '../query/parse-query';

/** What an answer says whose saved query holds filters of another version of the plugin. */
export function filterNotices(json: unknown): NonNullable<AnswerMeta['notices']> {
  const unknown = unknownFilters(json);
  const names = excerpt(unknown.join(', '));
  return unknown.length === 0
    ? []
    : [
        {
          severity: 'warning',
          text:
            `This version of the plugin doesn't have ${unknown.length === 1 ? 'the filter' : 'the filters'} ${names}, so the answer ` +
            'is not filtered by it. Update the plugin, or edit the query and save it.',
        },
      ];
}
