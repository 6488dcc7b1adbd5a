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

/** The same with those that are told by the directory, see `withoutTeams`. */
export const listFilterNames = [...factFilterNames, 'team'] as const;
export type ListFilter = (typeof listFilterNames)[number];

/** What a condition may look at. */
export const conditionFields = [...listFilterNames, 'source', 'destination', 'duration'] as const;
export type ConditionField = (typeof conditionFields)[number] | `custom.${string}`;
