import type { OwnDimension, StoredDimension } from '../cdr/dimensions';
import { hourFilterNames } from '../cdr/filter-fields';
import type { Fact } from '../cdr/measures';
import type { SavedFilters } from './model';

/** What the values of a template variable are: those of a field, of the calls that the filters let through. */
export interface VariableQuery {
  refId: string;
  field: SuggestedField;
  /** Texts may hold other variables, so that one is chained to another. */
  filters?: SavedFilters;
}

const ofAgents = ['queue', 'agent'] as const;
const ofCalls = [
  'server',
  'direction',
  'disposition',
  'outcome',
  'accountCode',
  'source',
  'destination',
  'did',
  'trunk',
  'callingAgent',
  'endedBy',
] as const;

const ofOneKind = ['transferTarget', 'pauseReason'] as const;

/** Fields whose values are stored. */
export const storedFields: ReadonlyArray<StoredDimension | OwnDimension> = [...ofAgents, ...ofCalls, ...ofOneKind];
export type StoredField = StoredDimension | OwnDimension | `custom.${string}`;

/** Fields whose values are known. */
const fixedFields = [...hourFilterNames, 'transferred'] as const;
export type FixedField = (typeof fixedFields)[number];

/** All of them, with those that the directory tells. */
export const suggestedFields = [...ofAgents, 'team', ...ofCalls, ...fixedFields, ...ofOneKind] as const;
export type SuggestedField = (typeof suggestedFields)[number] | `custom.${string}`;

/** Kinds of facts whose values of a field are suggested, where it is not that of calls: queues are visited, agents rung. */
const facts: ReadonlyMap<string, Fact> = new Map([
  ['queue', 'visit'],
  ['agent', 'leg'],
  ['transferTarget', 'transfer'],
  ['pauseReason', 'stretch'],
]);

/** The kind of facts whose values of a field are suggested. */
export function factOfValues(field: string): Fact {
  return facts.get(field) ?? 'call';
}
