import type { DataQuery, DataQueryRequest, ScopedVars } from '@grafana/data';
import { listFilterNames, partFilterNames, secondsBoundNames } from '../cdr/filter-fields';
import type { SavedFilters } from '../query/model';
import type { PanelQuery } from './panel-query';

/** Grafana's `TemplateSrv.replace`, for the variables in force where the query runs. */
export type Interpolate = (text: string, format?: (value: unknown) => string) => string;

/** The part of Grafana's template service that is needed; `scopedVars` are those of a repeated panel. */
export interface TemplateService {
  replace: (text: string, scopedVars?: ScopedVars, format?: (value: unknown) => string) => string;
}

/** Grafana's variable of the dashboard's zone. */
const zoneVariable = '__timezone';

/**
 * A variable's "Custom all value" that stands for whatever there is. Without it, Grafana puts every value of the variable
 * in for All, and calls that have none of them (no queue, no agent) would be left out.
 */
const anything = '*';

/**
 * Puts the values of template variables into every filter and the interval. A variable without a value filters nothing,
 * nor does one that is at All with the custom all value `*`.
 */
export function interpolateQuery(query: PanelQuery, interpolate: Interpolate): PanelQuery {
  return {
    ...query,
    ...(query.filters && { filters: interpolateFilters(query.filters, interpolate) }),
    ...(query.interval && { interval: interpolate(query.interval) }),
    ...(query.legend && { legend: interpolate(query.legend) }),
  };
}

function interpolateFilters(filters: SavedFilters, interpolate: Interpolate): SavedFilters {
  const result: SavedFilters = { ...filters };
  for (const name of secondsBoundNames) {
    const bound = filters[name];
    if (typeof bound === 'string') {
      const text = interpolate(bound);
      result[name] = text === anything ? '' : text;
    }
  }
  const lists = [...partFilterNames, ...listFilterNames]
    .filter((name) => filters[name] !== undefined)
    .map((name) => [name, expandList([filters[name] ?? []].flat(), interpolate)]);
  const custom = Object.entries(filters.custom ?? {}).map(([label, values]) => [
    label,
    expandList(values, interpolate),
  ]);
  return {
    ...result,
    ...Object.fromEntries(lists),
    ...(filters.custom && { custom: Object.fromEntries(custom) }),
  };
}

/** One text a value: a variable with several values gives as many texts. */
function expandList(texts: readonly string[], interpolate: Interpolate): string[] {
  const values = [...new Set(texts.flatMap((text) => expand(text, interpolate)))].filter((text) => text !== '');
  return values.includes(anything) ? [] : values;
}

function expand(text: string, interpolate: Interpolate): string[] {
  const found: string[][] = [];
  // A mark no value can hold keeps the place of each variable until its values are put in.
  const mark = (index: number) => `\u0000${index}\u0000`;
  const template = interpolate(text, (value) => mark(found.push([value].flat().map(String)) - 1));
  return found.reduce<string[]>(
    (texts, values, index) => texts.flatMap((part) => values.map((value) => part.replaceAll(mark(index), () => value))),
    [template]
  );
}

/** A request whose variables name its zone, for `resolveTimeZone`: Grafana has a variable for it, but not in Explore's own zone. */
export function withTimeZone<T extends DataQuery>(request: DataQueryRequest<T>): DataQueryRequest<T> {
  const { timezone } = request;
  return { ...request, scopedVars: { ...request.scopedVars, [zoneVariable]: { text: timezone, value: timezone } } };
}

/**
 * Replaces the zone `dashboard` by that of the request. Of a query beside an expression, or one that goes to Explore, Grafana
 * hands over the variables alone.
 */
export function resolveTimeZone(query: PanelQuery, scopedVars: ScopedVars, interpolate: Interpolate): PanelQuery {
  if (query.timeZone !== 'dashboard') {
    return query;
  }
  const named: unknown = scopedVars[zoneVariable]?.value ?? interpolate(`\${${zoneVariable}}`);
  // A variable that Grafana does not know stays as it is written.
  const zone = typeof named === 'string' && !named.startsWith('$') ? named : '';
  return { ...query, timeZone: ianaZone(zone) };
}

/** Grafana's name of a zone (`browser`, `utc`, an IANA name, or empty for the browser's) as an IANA name. */
export function ianaZone(requestZone: string): string {
  if (requestZone === '' || requestZone === 'browser') {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }
  return requestZone === 'utc' ? 'UTC' : requestZone;
}
