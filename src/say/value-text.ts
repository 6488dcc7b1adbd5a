import { t } from '@grafana/i18n';
import { othersText } from '../cdr/alone-groups';
import type { businessHourValues } from '../cdr/business-hours';
import type { Outcome, transferredValues } from '../cdr/call';
import type { CallState } from '../cdr/calls-now';
import type { PhoneState } from '../cdr/queue-member';
import { isBand } from '../cdr/bands';
import { noPauseReason, noValue } from '../cdr/dimensions';
import type { JourneyStep } from '../cdr/journey';
import type { Direction } from '../cdr/record';
import type { TalkEnd } from '../cdr/talk-end';
import type { AnnotationKind } from '../query/model';

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

const talkEnds: Names<Exclude<TalkEnd, ''>> = {
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

const hours: Names<(typeof businessHourValues)[number]> = {
  'in hours': () => t('values.in-hours', 'in hours'),
  'out of hours': () => t('values.out-of-hours', 'out of hours'),
};

const transferred: Names<(typeof transferredValues)[number]> = {
  yes: () => t('values.yes', 'yes'),
  no: () => t('values.no', 'no'),
};

const kinds: Names<AnnotationKind> = {
  gap: () => t('values.gap', 'gap'),
  restart: () => t('values.restart', 'restart'),
  queueDifference: () => t('values.queue-difference', 'difference from Asterisk'),
  missedBurst: () => t('values.missed-burst', 'burst of missed calls'),
};

const withheld = { withheld: () => t('values.withheld', 'withheld') };

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
  ...withheld,
};

/** What groups of every field may be. */
const groups: Names<string> = {
  [noValue]: () => t('values.none', '(none)'),
  [othersText]: () => t('values.others', '(others)'),
};

const fields: Readonly<Record<string, Names<string>>> = {
  outcome: outcomes,
  direction: directions,
  state: states,
  phone: phones,
  endedBy: talkEnds,
  step: steps,
  dayOfWeek: days,
  businessHours: hours,
  transferred,
  kind: kinds,
  pauseReason: { [noPauseReason]: () => t('values.no-reason', '(no reason)') },
  source: withheld,
};

/** The name of a value that a field may have, such as an outcome, in the user's language; the value where it has none. */
export function valueText(field: string, value: string): string {
  const name = nameIn(Object.hasOwn(fields, field) ? fields[field]! : {}, value) ?? nameIn(groups, value);
  return name ? name() : isBand(field) ? bandText(value) : value;
}

function nameIn(names: Names<string>, value: string): (() => string) | undefined {
  return Object.hasOwn(names, value) ? names[value] : undefined;
}

/** True for a field whose values are words of this product. */
export function hasValueTexts(field: string): boolean {
  return Object.hasOwn(fields, field) || isBand(field);
}

/** Of bands, only that which has no upper bound has words. */
function bandText(band: string): string {
  const [, seconds] = /^over (\d+) s$/.exec(band) ?? [];
  return seconds === undefined ? band : t('values.over', 'over {{seconds, number}} s', { seconds: Number(seconds) });
}
