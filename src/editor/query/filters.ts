import type { Condition } from '../../cdr/conditions';
import {
  listFilterNames,
  partFilterNames,
  secondsBoundNames,
  type ListFilter,
  type PartFilter,
  type SecondsBound,
} from '../../cdr/filter-fields';
import type { SavedFilters } from '../../query/model';
import { fieldTitle } from '../../say/field-title';

export type ValuesFilter = ListFilter | `custom.${string}`;
/** A filter of the editor: a field of `CdrFilters`, or one custom field. */
export type FilterName = ValuesFilter | PartFilter | SecondsBound;

const fixed: readonly FilterName[] = [...partFilterNames, ...listFilterNames, ...secondsBoundNames];

/** Every filter there is, for the custom fields at hand. */
export function filterNames(customFields: readonly string[]): FilterName[] {
  return [...fixed, ...customFields.map((label) => `custom.${label}` as const)];
}

/** The filters that let only some calls through, in the order of the editor. */
export function filtersInUse(filters: SavedFilters): FilterName[] {
  return filterNames(Object.keys(filters.custom ?? {})).filter((name) =>
    isPart(name)
      ? partsText(filters[name]) !== ''
      : isSeconds(name)
        ? filters[name] !== undefined && filters[name] !== ''
        : valuesOf(filters, name).length > 0
  );
}

export function isPart(name: FilterName): name is PartFilter {
  return partFilterNames.some((known) => known === name);
}

export function isSeconds(name: FilterName): name is SecondsBound {
  return secondsBoundNames.some((known) => known === name);
}

/** Parts of a number as one types them, any of which is looked for. */
export function partsText(parts: string | readonly string[] = []): string {
  return [parts].flat().join(', ');
}

/** The counterpart of `partsText`. */
export function partsOf(text: string): string | string[] {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.length > 1 ? parts : (parts[0] ?? '');
}

/** Accepted values; older saved queries may hold a single one. */
export function valuesOf(filters: SavedFilters, name: ValuesFilter): string[] {
  const label = labelOf(name);
  return [(label === null ? filters[name as ListFilter] : filters.custom?.[label]) ?? []].flat();
}

/** The filters with one of them changed; an undefined or empty value takes it away. */
export function withFilter(
  filters: SavedFilters,
  name: FilterName,
  value: string | number | string[] | undefined
): SavedFilters {
  const kept = value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
  const label = labelOf(name);
  return label === null
    ? withKey(filters, name, kept)
    : withKey(filters, 'custom', withKey(filters.custom ?? {}, label, kept));
}

/** The filters with these conditions, or with none. */
export function withConditions(filters: SavedFilters, conditions: Condition[]): SavedFilters {
  return withKey(filters, 'conditions', conditions);
}

export function filterTitle(name: FilterName): string {
  return fieldTitle(name);
}

function labelOf(name: FilterName): string | null {
  return name.startsWith('custom.') ? name.slice('custom.'.length) : null;
}

function withKey<T extends object>(object: T, key: string, value: unknown): T {
  const isEmpty = value === undefined || (typeof value === 'object' && Object.keys(value as object).length === 0);
  const others = Object.entries(object).filter(([other]) => other !== key);
  return Object.fromEntries(isEmpty ? others : [...others, [key, value]]) as T;
}
