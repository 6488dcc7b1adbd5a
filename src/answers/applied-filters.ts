import { isHourFilter, type FilterField } from '../cdr/filter-fields';
import { presenceFilters, type CdrFilters } from '../cdr/filters';
import type { CdrQuery } from '../query/model';
import { canFilterBy } from '../query/question-filters';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';
import { areOfPresence } from './present-groups';

/** A query without the filters that its answer can't be filtered by, and the fields of those. */
export function appliedFilters(query: CdrQuery): { query: CdrQuery; ignored: string[] } {
  const { custom = {}, conditions = [], ...plain } = query.filters;
  const applies = (field: string): boolean => canFilterBy(query.queryType, field as FilterField);
  const lists = Object.entries(plain).filter(([name]) => applies(name));
  const labels = Object.entries(custom).filter(([label]) => applies(`custom.${label}`));
  const kept = conditions.filter(({ field }) => applies(field));
  const filters: CdrFilters = {
    ...Object.fromEntries(lists),
    ...(labels.length > 0 && { custom: Object.fromEntries(labels) }),
    ...(kept.length > 0 && { conditions: kept }),
  };
  return { query: { ...query, filters }, ignored: filteredBy(query.filters).filter((field) => !applies(field)) };
}

/** What there is to say of filters that do not apply to all that is asked. */
export function ignoredNotices(query: CdrQuery, ignored: readonly string[]): Notice[] {
  const { queryType, metrics, filters } = query;
  if (ignored.length > 0) {
    return [notice('warning', sentence('notice.filters.ignored', { fields: ignored }))];
  }
  const fields = filteredBy(filters).filter((field) => !isOfPresence(field));
  return queryType === 'statistics' && areOfPresence(metrics) && fields.length > 0
    ? [notice('warning', sentence('notice.filters.calls-only', { fields }))]
    : [];
}

/** Fields and bounds that filters have values of, each once. */
function filteredBy({ custom = {}, conditions = [], ...plain }: CdrFilters): string[] {
  const set = Object.entries({
    ...plain,
    ...Object.fromEntries(Object.entries(custom).map(([label, values]) => [`custom.${label}`, values])),
  }).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  return [...new Set([...set.map(([name]) => name), ...conditions.map(({ field }) => field as string)])];
}

function isOfPresence(field: string): boolean {
  return field === 'team' || isHourFilter(field) || presenceFilters.some((name) => name === field);
}
