import { isBand } from '../cdr/bands';
import { isHourDimension } from '../cdr/fact-groups';
import { hourFilterNames } from '../cdr/filter-fields';
import { loadOf } from '../cdr/metrics';
import { InvalidQueryError } from './invalid-query-error';
import type { CdrQuery } from './model';
import { sentence } from '../sentences/sentence';

/**
 * Checks that what goes on at the same time can be cut as it is asked for: by what is so of a whole call.
 * @throws InvalidQueryError that says what else to ask
 */
export function checkLoads({ queryType, metrics: ids, groupBy, format, filters }: CdrQuery): void {
  const asked = queryType === 'statistics' ? ids.find((id) => loadOf(id) !== null) : undefined;
  if (asked === undefined && queryType !== 'busiestHours') {
    return;
  }
  const metric = asked ?? sentence('query.load.busiest');
  const fields = (filters.conditions ?? []).map(({ field }) => field);
  const filter = hourFilterNames.find((name) => filters[name]?.length || fields.includes(name));
  if (filter) {
    throw new InvalidQueryError([sentence('query.load.filter', { metric, fields: filter })]);
  }
  if (queryType !== 'statistics') {
    return;
  }
  const other = groupBy.find((dimension) => dimension === 'businessHours' || isBand(dimension));
  if (other) {
    throw new InvalidQueryError([sentence('query.load.group', { metric, fields: other })]);
  }
  const hours = format === 'timeseries' && groupBy.find(isHourDimension);
  if (hours) {
    throw new InvalidQueryError([sentence('query.load.over-time', { metric, fields: hours })]);
  }
}
