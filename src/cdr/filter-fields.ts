import type { Phase } from './distributions';

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
  'endedBy',
  'linkedId',
  'transferred',
  'transferTarget',
  'pauseReason',
] as const;
export type FactFilter = (typeof factFilterNames)[number];

/** Those of the wall clock, see `withoutHours`. */
export const hourFilterNames = ['dayOfWeek', 'timeOfDay', 'businessHours'] as const;
export type HourFilter = (typeof hourFilterNames)[number];

export function isHourFilter(field: string): field is HourFilter {
  return hourFilterNames.some((name) => name === field);
}

/** All of them, with those that are told by the directory, see `withoutTeams`. */
export const listFilterNames = [...factFilterNames, 'team', ...hourFilterNames] as const;
export type ListFilter = (typeof listFilterNames)[number];

/** Those of a number, of which a part is looked for. */
export const partFilterNames = ['source', 'destination'] as const;
export type PartFilter = (typeof partFilterNames)[number];

/** Fields of seconds: that of the whole call, and those that each kind of facts spends in a phase of its own. */
export const secondsFields = {
  duration: null,
  waitTime: 'wait',
  ringTime: 'ring',
  talkTime: 'talk',
} as const satisfies Record<string, Phase | null>;
export type SecondsField = keyof typeof secondsFields;
export const secondsFieldNames = Object.keys(secondsFields) as SecondsField[];

export function isSecondsField(field: string): field is SecondsField {
  return Object.hasOwn(secondsFields, field);
}

/** Filters that bound a field of seconds; what has no such seconds passes none. */
export const secondsBounds = {
  minDuration: { field: 'duration', operator: '>=' },
  maxDuration: { field: 'duration', operator: '<=' },
  minWaitTime: { field: 'waitTime', operator: '>=' },
  maxWaitTime: { field: 'waitTime', operator: '<=' },
  minRingTime: { field: 'ringTime', operator: '>=' },
  maxRingTime: { field: 'ringTime', operator: '<=' },
  minTalkTime: { field: 'talkTime', operator: '>=' },
  maxTalkTime: { field: 'talkTime', operator: '<=' },
} as const satisfies Record<string, { field: SecondsField; operator: '>=' | '<=' }>;
export type SecondsBound = keyof typeof secondsBounds;
export const secondsBoundNames = Object.keys(secondsBounds) as SecondsBound[];

export function isSecondsBound(name: string): name is SecondsBound {
  return Object.hasOwn(secondsBounds, name);
}

/** What a condition may look at. */
export const conditionFields = [...listFilterNames, ...partFilterNames, ...secondsFieldNames] as const;
export type ConditionField = (typeof conditionFields)[number] | `custom.${string}`;

/** What a filter of the editor, or a condition, is of. */
export type FilterField = ConditionField | SecondsBound;
