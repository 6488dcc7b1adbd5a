import { factFilterNames, type FactFilter } from './filter-fields';
import type { CdrFilters } from './filters';

/** Filters whose conditions that mean the same as a list of accepted values are one, so that whoever reads lists knows of them. */
export function asLists(filters: CdrFilters): CdrFilters {
  const { conditions = [] } = filters;
  const lists: Partial<Record<FactFilter, string[]>> = {};
  const others = conditions.filter(({ field, operator, values }) => {
    const name = factFilterNames.find((known) => known === field);
    // Two lists of one field would both have to hold.
    if (name === undefined || operator !== '=' || filters[name]?.length || lists[name]) {
      return true;
    }
    lists[name] = values;
    return false;
  });
  return others.length === conditions.length ? filters : ({ ...filters, ...lists, conditions: others } as CdrFilters);
}
