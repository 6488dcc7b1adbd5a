import { transferredValues } from '../cdr/call';
import { businessHourValues, type BusinessHours } from '../cdr/business-hours';
import { customLabel, daysOfWeek, noValue } from '../cdr/dimensions';
import type { Directory } from '../cdr/directory';
import type { CdrFilters } from '../cdr/filters';
import type { FixedField, StoredField, SuggestedField } from '../query/variable-query';
import { askedFilters } from './asked-filters';
import { labelIn } from './field-names';

/** A value of a field, and how it is shown. */
export interface Suggestion {
  value: string;
  text: string;
}

type AskStore = (field: StoredField | 'customFields', filters: CdrFilters) => Promise<string[]>;

/** Values that there are whatever is stored; of times of day, some of the many that can be written. */
const fixedValues: Readonly<Record<FixedField, readonly string[]>> = {
  dayOfWeek: daysOfWeek,
  timeOfDay: ['00:00-08:00', '08:00-12:00', '08:00-18:00', '12:00-18:00', '18:00-24:00', '18:00-08:00'],
  businessHours: businessHourValues,
  transferred: transferredValues,
};

/** Fields that not every call has a value of. */
const emptiable: readonly string[] = [
  'queue',
  'agent',
  'team',
  'accountCode',
  'source',
  'destination',
  'did',
  'trunk',
  'callingAgent',
  'endedBy',
  'transferTarget',
  'pauseReason',
];

function isFixed(field: string): field is FixedField {
  return Object.hasOwn(fixedValues, field);
}

/**
 * Values of a field of the calls that pass the filters, the most frequent first, and at the end `noValue` where calls may have none;
 * those of `team` are of their agents.
 */
export async function suggest(
  field: SuggestedField | 'customFields',
  filters: CdrFilters,
  directory: Directory,
  businessHours: BusinessHours | null,
  ask: AskStore
): Promise<Suggestion[]> {
  if (isFixed(field)) {
    return fixedValues[field].map((value) => ({ value, text: value }));
  }
  const asked = askedFilters(filters, { directory, businessHours }, null);
  if (field === 'team') {
    const agents = directory.teams.size === 0 ? [] : await ask('agent', asked);
    const teams = new Set(agents.flatMap((agent) => directory.teams.get(agent) ?? []));
    return withNone(
      field,
      [...teams].map((team) => ({ value: team, text: team }))
    );
  }
  const values = await ask(field, asked);
  return withNone(
    field,
    values.map((value) => ({ value, text: labelIn(directory, field, value) }))
  );
}

function withNone(field: string, found: Suggestion[]): Suggestion[] {
  const hasNone = found.length > 0 && (emptiable.includes(field) || customLabel(field) !== null);
  return hasNone ? [...found, { value: noValue, text: noValue }] : found;
}
