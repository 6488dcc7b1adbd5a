import { defaultAgentPatterns } from '../../src/cdr/agent';
import { derivationOf } from '../../src/cdr/derivation';
import { defaultExternalChannels } from '../../src/cdr/direction';
import type { QueueEvent, QueueEventName } from '../../src/cdr/queue-event';
import { isOfQueue } from '../../src/cdr/queue-event-from-fields';
import type { CdrRecord } from '../../src/cdr/record';

/** Start of the calls of tests: 2026-11-24 13:00:00 UTC. */
export const noon = Date.UTC(2026, 10, 24, 13);

export const defaultDerivation = derivationOf({
  directionRules: [],
  externalChannels: defaultExternalChannels,
  agentPatterns: defaultAgentPatterns,
  timeZone: '',
  serverTimeZones: {},
});
export const defaultRules = defaultDerivation.rules;

/** A record of an inbound call that 1001 answered after 2 s and that lasted 10 s, with what the test cares for put in. */
export function cdrRecord(overrides: Partial<CdrRecord> = {}): CdrRecord {
  const uniqueId = overrides.uniqueId ?? `${noon / 1000}.1`;
  const destinationChannel = overrides.destinationChannel ?? 'PJSIP/1001-00000002';
  const channel = overrides.channel ?? 'PJSIP/trunk-acme-00000001';
  return {
    server: 'pbx',
    uniqueId,
    linkedId: uniqueId,
    linkedIdMapped: true,
    sequence: 1,
    startTime: noon,
    answerTime: noon + 2000,
    endTime: noon + 10_000,
    utcOffset: 0,
    duration: 10,
    billableSeconds: 8,
    source: '5551234',
    destination: '100',
    destinationContext: 'from-trunk',
    callerId: '"Caller" <5551234>',
    channel,
    destinationChannel,
    lastApplication: 'Dial',
    lastData: 'PJSIP/1001,20',
    disposition: 'ANSWERED',
    amaFlags: 'DOCUMENTATION',
    accountCode: '',
    userField: '',
    direction: defaultRules.direction({
      channel,
      destinationChannel,
      destinationContext: '',
      source: '',
      destination: '',
      accountCode: '',
      lastApplication: '',
      lastData: '',
    }).direction,
    agent: defaultRules.agent(destinationChannel),
    did: overrides.destination ?? '100',
    trunk: '',
    callingAgent: '',
    queue: '',
    custom: {},
    imported: false,
    queueEventsHeard: false,
    ...overrides,
  };
}

/** A record of a queue member's phone that rang for `seconds` and was not answered. */
export function unansweredQueueRecord(overrides: Partial<CdrRecord> = {}): CdrRecord {
  return cdrRecord({
    lastApplication: 'Queue',
    queue: 'support',
    disposition: 'NO ANSWER',
    answerTime: null,
    billableSeconds: 0,
    ...overrides,
  });
}

/** A queue event of the caller `noon.1` in the queue support, `seconds` after noon. */
export function queueEvent(name: QueueEventName, seconds: number, overrides: Partial<QueueEvent> = {}): QueueEvent {
  return {
    server: 'pbx',
    name,
    at: noon + seconds * 1000,
    arrival: 0,
    utcOffset: 0,
    uniqueId: `${noon / 1000}.1`,
    linkedId: `${noon / 1000}.1`,
    queue: isOfQueue(name) ? 'support' : '',
    interface: name.startsWith('Agent') ? 'PJSIP/1001' : '',
    memberUniqueId: name.startsWith('Agent') ? `${noon / 1000}.2` : '',
    memberChannel: name.startsWith('Agent') || name === 'DialEnd' ? 'PJSIP/1001-00000002' : '',
    position: null,
    holdTime: null,
    ringTime: null,
    talkTime: null,
    dialStatus: name === 'DialEnd' ? 'ANSWER' : '',
    consultLinkedId: '',
    endedBy: '',
    transfer: null,
    imported: false,
    caller: null,
    ...overrides,
  };
}
