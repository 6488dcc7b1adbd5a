import type { Directory } from '../cdr/directory';
import type { CdrFilters } from '../cdr/filters';
import { withoutTeams } from '../cdr/without-teams';
import type { StoredField, SuggestedField } from '../query/variable-query';
import { labelIn } from './field-names';

/** A value of a field, and how it is shown. */
export interface Suggestion {
  value: string;
  text: string;
}

type AskStore = (field: StoredField | 'customFields', filters: CdrFilters) => Promise<string[]>;

/** Values of a field of the calls that pass the filters, the most frequent first; those of `team` are of their agents. */
export async function suggest(
  field: SuggestedField | 'customFields',
  filters: CdrFilters,
  directory: Directory,
  ask: AskStore
): Promise<Suggestion[]> {
  const asked = withoutTeams(filters, directory.teams);
  if (field === 'team') {
    const agents = directory.teams.size === 0 ? [] : await ask('agent', asked);
    const teams = new Set(agents.flatMap((agent) => directory.teams.get(agent) ?? []));
    return [...teams].map((team) => ({ value: team, text: team }));
  }
  const values = await ask(field, asked);
  return values.map((value) => ({ value, text: labelIn(directory, field, value) }));
}
