import { isBand } from '../cdr/bands';
import { isHourDimension } from '../cdr/fact-groups';
import { hourFilterNames } from '../cdr/filter-fields';
import { loadOf, metrics } from '../cdr/metrics';
import { InvalidQueryError } from './invalid-query-error';
import type { CdrQuery } from './model';

/**
 * Checks that what goes on at the same time can be cut as it is asked for: by what is so of a whole call.
 * @throws InvalidQueryError that says what else to ask
 */
export function checkLoads({ queryType, metrics: ids, groupBy, format, filters }: CdrQuery): void {
  const asked = queryType === 'statistics' ? ids.find((id) => loadOf(id) !== null) : undefined;
  if (asked === undefined && queryType !== 'busiestHours') {
    return;
  }
  const what = asked === undefined ? 'the busiest hour' : metrics[asked].title;
  const fields = (filters.conditions ?? []).map(({ field }) => field);
  const filter = hourFilterNames.find((name) => filters[name]?.length || fields.includes(name));
  if (filter) {
    throw new InvalidQueryError(
      `"filters" names ${filter}, by which ${what} can't be told: a call that begins in those hours can last into others. Leave the ` +
        'filter out, and group by hourOfDay or dayOfWeek, which counts each call in all hours that it lasts into'
    );
  }
  if (queryType !== 'statistics') {
    return;
  }
  const other = groupBy.find((dimension) => dimension === 'businessHours' || isBand(dimension));
  if (other) {
    throw new InvalidQueryError(
      `"groupBy" names ${other}, by which ${what} can't be told: expected fields that a call has for as long as it lasts, such as ` +
        'trunk, queue and direction, or hourOfDay and dayOfWeek'
    );
  }
  const hours = format === 'timeseries' && groupBy.find(isHourDimension);
  if (hours) {
    throw new InvalidQueryError(
      `"groupBy" names ${hours}, by which ${what} over time can't be told: choose the format table or heat map, or leave ${hours} out`
    );
  }
}
