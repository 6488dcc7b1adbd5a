import { businessHourValues, type BusinessHours } from '../cdr/business-hours';
import { daysOfWeek } from '../cdr/dimensions';
import type { Directory } from '../cdr/directory';
import type { CdrFilters } from '../cdr/filters';
import type { HourField, StoredField, SuggestedField } from '../query/variable-query';
import { askedFilters } from './asked-filters';
import { labelIn } from './field-names';

/** A value of a field, and how it is shown. */
export interface Suggestion {
  value: string;
  text: string;
}

type AskStore = (field: StoredField | 'customFields', filters: CdrFilters) => Promise<string[]>;

/** Values that there are whatever is stored. */
const fixedValues: Readonly<Record<HourField, readonly string[]>> = {
  dayOfWeek: daysOfWeek,
  businessHours: businessHourValues,
};

/** Values of a field of the calls that pass the filters, the most frequent first; those of `team` are of their agents. */
export async function suggest(
  field: SuggestedField | 'customFields',
  filters: CdrFilters,
  directory: Directory,
  businessHours: BusinessHours | null,
  ask: AskStore
): Promise<Suggestion[]> {
  if (field === 'dayOfWeek' || field === 'businessHours') {
    return fixedValues[field].map((value) => ({ value, text: value }));
  }
  const asked = askedFilters(filters, { directory, businessHours }, null);
  if (field === 'team') {
    const agents = directory.teams.size === 0 ? [] : await ask('agent', asked);
    const teams = new Set(agents.flatMap((agent) => directory.teams.get(agent) ?? []));
    return [...teams].map((team) => ({ value: team, text: team }));
  }
  const values = await ask(field, asked);
  return values.map((value) => ({ value, text: labelIn(directory, field, value) }));
}
