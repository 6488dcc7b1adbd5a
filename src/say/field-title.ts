import { t } from '@grafana/i18n';
import type { RuleField } from '../cdr/direction';
import type { SecondsField } from '../cdr/filter-fields';
import type { CdrFilters } from '../cdr/filters';
import type { dimensions } from '../cdr/dimensions';
import type { SortField } from '../query/model';

type FixedField =
  | RuleField
  | Exclude<keyof CdrFilters, 'custom' | 'conditions' | 'teamTests' | 'hourTests'>
  | (typeof dimensions)[number]
  | SortField
  | SecondsField;
export type TitledField = FixedField | `custom.${string}`;

const titles: Readonly<Record<FixedField, () => string>> = {
  accountCode: () => t('fields.account-code', 'Account code'),
  answerBand: () => t('fields.answer-band', 'Time to answer band'),
  agent: () => t('fields.agent', 'Agent'),
  billableSeconds: () => t('fields.billable-seconds', 'Billable seconds'),
  businessHours: () => t('fields.business-hours', 'Business hours'),
  callingAgent: () => t('fields.calling-agent', 'Calling agent'),
  channel: () => t('fields.channel', 'Channel'),
  day: () => t('fields.day', 'Day'),
  dayOfWeek: () => t('fields.day-of-week', 'Day of week'),
  destination: () => t('fields.destination', 'Destination'),
  destinationChannel: () => t('fields.destination-channel', 'Destination channel'),
  destinationContext: () => t('fields.destination-context', 'Destination context'),
  did: () => t('fields.did', 'DID'),
  direction: () => t('fields.direction', 'Direction'),
  disposition: () => t('fields.disposition', 'Disposition'),
  duration: () => t('fields.duration', 'Duration'),
  endedBy: () => t('fields.ended-by', 'Ended by'),
  hourOfDay: () => t('fields.hour-of-day', 'Hour of day'),
  lastApplication: () => t('fields.last-application', 'Last application'),
  linkedId: () => t('fields.linked-id', 'Linked ID'),
  maxRingTime: () => t('fields.max-ring-time', 'Longest ring time'),
  maxTalkTime: () => t('fields.max-talk-time', 'Longest talk time'),
  maxWaitTime: () => t('fields.max-wait-time', 'Longest wait time'),
  maxDuration: () => t('fields.max-duration', 'Longest duration'),
  month: () => t('fields.month', 'Month'),
  minDuration: () => t('fields.min-duration', 'Shortest duration'),
  minRingTime: () => t('fields.min-ring-time', 'Shortest ring time'),
  minTalkTime: () => t('fields.min-talk-time', 'Shortest talk time'),
  minWaitTime: () => t('fields.min-wait-time', 'Shortest wait time'),
  outcome: () => t('fields.outcome', 'Outcome'),
  pauseReason: () => t('fields.pause-reason', 'Pause reason'),
  queue: () => t('fields.queue', 'Queue'),
  ringBand: () => t('fields.ring-band', 'Ring time band'),
  ringTime: () => t('fields.ring-time', 'Ring time'),
  server: () => t('fields.server', 'Server'),
  source: () => t('fields.source', 'Source'),
  startTime: () => t('fields.start-time', 'Start time'),
  talkBand: () => t('fields.talk-band', 'Talk time band'),
  talkTime: () => t('fields.talk-time', 'Talk time'),
  timeOfDay: () => t('fields.time-of-day', 'Time of day'),
  team: () => t('fields.team', 'Team'),
  transferTarget: () => t('fields.transfer-target', 'Transfer target'),
  transferred: () => t('fields.transferred', 'Transferred'),
  trunk: () => t('fields.trunk', 'Trunk'),
  year: () => t('fields.year', 'Year'),
  waitBand: () => t('fields.wait-band', 'Wait time band'),
  waitTime: () => t('fields.wait-time', 'Wait time'),
};

/** What the editors and the texts of queries call a field; a custom field, `custom.<label>`, has its label. */
export function fieldTitle(field: TitledField): string {
  return field in titles ? titles[field as FixedField]() : field.replace(/^custom\./, '');
}
