import { bandPhases, type BandDimension } from './bands';

/** What statistics can be grouped by; a custom field is `custom.<label>`. */
export const dimensions = [
  'agent',
  'team',
  'queue',
  'direction',
  'disposition',
  'outcome',
  'server',
  'day',
  'month',
  'year',
  'hourOfDay',
  'dayOfWeek',
  'businessHours',
  'accountCode',
  'source',
  'destination',
  'did',
  'trunk',
  'callingAgent',
  'endedBy',
  'transferTarget',
  'pauseReason',
  ...(Object.keys(bandPhases) as BandDimension[]),
] as const;
export type Dimension = (typeof dimensions)[number] | `custom.${string}`;

/** Those that every fact of a call has. */
export type StoredDimension = Exclude<
  (typeof dimensions)[number],
  'team' | HourDimension | 'businessHours' | OwnDimension | BandDimension
>;

/** Those that a fact has by its hour on a clock. */
export const hourDimensions = ['day', 'month', 'year', 'hourOfDay', 'dayOfWeek'] as const;
export type HourDimension = (typeof hourDimensions)[number];

/** Those that facts of one kind have alone: transfers, and the times of agents. */
export type OwnDimension = 'transferTarget' | 'pauseReason';

/** What the value of those that have none reads as, and is filtered by: calls of no queue, callers without a number. */
export const noValue = '(none)';

/** The pause reason of a pause for which none was given; time in which nobody is paused has an empty one. */
export const noPauseReason = '(no reason)';

/** Those of which a value may hold a telephone number: an agent's phone is an outside line, a trunk an account, a reason typed. */
export const numberDimensions = [
  'source',
  'destination',
  'did',
  'trunk',
  'agent',
  'callingAgent',
  'transferTarget',
  'pauseReason',
] as const;

/** A custom field may hold anything. */
export function mayHoldNumber(field: string): boolean {
  return numberDimensions.some((dimension) => dimension === field) || customLabel(field) !== null;
}

export const daysOfWeek = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** Value of a custom field, empty where there is none: a label may be any word, also `constructor`. */
export function customText(custom: Readonly<Record<string, string>>, label: string): string {
  return Object.hasOwn(custom, label) ? custom[label]! : '';
}

/** Label of a custom field's dimension; null for other fields. */
export function customLabel(dimension: string): string | null {
  return dimension.startsWith('custom.') ? dimension.slice('custom.'.length) : null;
}
