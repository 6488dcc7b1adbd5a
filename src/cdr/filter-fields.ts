/** Fields of facts whose filter is a list of accepted values. */
export const factFilterNames = [
  'direction',
  'disposition',
  'outcome',
  'queue',
  'agent',
  'accountCode',
  'server',
  'did',
  'trunk',
  'callingAgent',
  'linkedId',
] as const;
export type FactFilter = (typeof factFilterNames)[number];

/** Those of the wall clock, see `withoutHours`. */
export const hourFilterNames = ['dayOfWeek', 'timeOfDay', 'businessHours'] as const;

/** All of them, with those that are told by the directory, see `withoutTeams`. */
export const listFilterNames = [...factFilterNames, 'team', ...hourFilterNames] as const;
export type ListFilter = (typeof listFilterNames)[number];

/** What a condition may look at. */
export const conditionFields = [...factFilterNames, 'team', 'source', 'destination', 'duration'] as const;
export type ConditionField = (typeof conditionFields)[number] | `custom.${string}`;
