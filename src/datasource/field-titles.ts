import type { RuleField } from '../cdr/direction';
import type { CdrFilters } from '../cdr/filters';
import type { dimensions } from '../cdr/dimensions';
import type { SortField } from '../query/model';

type TitledField =
  RuleField | Exclude<keyof CdrFilters, 'custom' | 'conditions'> | (typeof dimensions)[number] | SortField;

/** What the editors and the texts of queries call a field. */
export const fieldTitles: Readonly<Record<TitledField, string>> = {
  accountCode: 'Account code',
  agent: 'Agent',
  billableSeconds: 'Billable seconds',
  channel: 'Channel',
  dayOfWeek: 'Day of week',
  destination: 'Destination',
  destinationChannel: 'Destination channel',
  destinationContext: 'Destination context',
  direction: 'Direction',
  disposition: 'Disposition',
  duration: 'Duration',
  hourOfDay: 'Hour of day',
  lastApplication: 'Last application',
  linkedId: 'Linked ID',
  maxDuration: 'Longest duration',
  minDuration: 'Shortest duration',
  outcome: 'Outcome',
  queue: 'Queue',
  server: 'Server',
  source: 'Source',
  startTime: 'Start time',
};
