import { t } from '@grafana/i18n';
import type { Outcome } from '../cdr/call';
import type { CallState } from '../cdr/calls-now';
import type { PhoneState } from '../cdr/queue-member';
import type { JourneyStep } from '../cdr/journey';
import type { Direction } from '../cdr/record';

type Names<Value extends string> = Readonly<Record<Value, () => string>>;

const outcomes: Names<Outcome> = {
  answered: () => t('values.answered', 'answered'),
  abandoned: () => t('values.abandoned', 'abandoned'),
  missed: () => t('values.missed', 'missed'),
  busy: () => t('values.busy', 'busy'),
  failed: () => t('values.failed', 'failed'),
  congestion: () => t('values.congestion', 'congestion'),
  'self-served': () => t('values.self-served', 'self-served'),
};

const directions: Names<Direction> = {
  inbound: () => t('values.inbound', 'inbound'),
  outbound: () => t('values.outbound', 'outbound'),
  internal: () => t('values.internal', 'internal'),
  unknown: () => t('values.unknown', 'unknown'),
};

const phones: Names<PhoneState> = {
  free: () => t('values.free', 'free'),
  ringing: () => t('values.ringing', 'ringing'),
  busy: () => t('values.busy', 'busy'),
  unavailable: () => t('values.unavailable', 'unavailable'),
};

const callStates: Names<CallState> = {
  dialing: () => t('values.dialing', 'dialing'),
  ringing: () => t('values.ringing', 'ringing'),
  waiting: () => t('values.waiting', 'waiting'),
  application: () => t('values.application', 'application'),
  talking: () => t('values.talking', 'talking'),
  'on hold': () => t('values.on-hold', 'on hold'),
};

const talkEnds: Names<'caller' | 'agent' | 'transfer'> = {
  caller: () => t('values.caller', 'caller'),
  agent: () => t('values.agent', 'agent'),
  transfer: () => t('values.transfer', 'transfer'),
};

const steps: Names<JourneyStep['step']> = {
  began: () => t('values.began', 'began'),
  dialplan: () => t('values.dialplan', 'dialplan'),
  application: () => t('values.application', 'application'),
  voicemail: () => t('values.voicemail', 'voicemail'),
  'blind transfer': () => t('values.blind-transfer', 'blind transfer'),
  'attended transfer': () => t('values.attended-transfer', 'attended transfer'),
  'transfer failed': () => t('values.transfer-failed', 'transfer failed'),
  parked: () => t('values.parked', 'parked'),
  'joined queue': () => t('values.joined-queue', 'joined queue'),
  rang: () => t('values.rang', 'rang'),
  connected: () => t('values.connected', 'connected'),
  abandoned: () => t('values.abandoned', 'abandoned'),
  'left queue': () => t('values.left-queue', 'left queue'),
  ended: () => t('values.ended', 'ended'),
};

const days: Names<string> = {
  Monday: () => t('values.monday', 'Monday'),
  Tuesday: () => t('values.tuesday', 'Tuesday'),
  Wednesday: () => t('values.wednesday', 'Wednesday'),
  Thursday: () => t('values.thursday', 'Thursday'),
  Friday: () => t('values.friday', 'Friday'),
  Saturday: () => t('values.saturday', 'Saturday'),
  Sunday: () => t('values.sunday', 'Sunday'),
};

/** States of PBXes, agents, calls in progress and lost callers, which all have a column of that name. */
const states: Names<string> = {
  ...phones,
  ...callStates,
  up: () => t('values.up', 'up'),
  down: () => t('values.down', 'down'),
  paused: () => t('values.paused', 'paused'),
  'wrap-up': () => t('values.wrap-up', 'wrap-up'),
  'called back': () => t('values.called-back', 'called back'),
  'came through': () => t('values.came-through', 'came through'),
  withheld: () => t('values.withheld', 'withheld'),
};

const fields: Readonly<Record<string, Names<string>>> = {
  outcome: outcomes,
  direction: directions,
  state: states,
  phone: phones,
  endedBy: talkEnds,
  step: steps,
  dayOfWeek: days,
};

/** The name of a value that a field may have, such as an outcome, in the user's language; the value where it has none. */
export function valueText(field: string, value: string): string {
  const names = Object.hasOwn(fields, field) ? fields[field]! : {};
  return Object.hasOwn(names, value) ? names[value]!() : value;
}

/** True for a field whose values are words of this product. */
export function hasValueTexts(field: string): boolean {
  return Object.hasOwn(fields, field);
}
