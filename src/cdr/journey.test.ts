import { cdrRecord, defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import type { CallParts } from './call-parts';
import { english } from '../sentences/english';
import { sentence } from '../sentences/sentence';
import { journeyOf, type JourneyStep } from './journey';
import type { QueueEvent } from './queue-event';
import type { CdrRecord } from './record';

const id = { server: 'pbx', linkedId: `${noon / 1000}.1` };
const inEnglish = (parts: JourneyStep['detail']): string => english([sentence('journey.detail', { parts })]);
const told = (parts: CallParts): string[] =>
  journeyOf({ id, parts, assembled: assembleCall(parts, defaultRules) }).map(
    ({ time, step, party, queue, agent, seconds, detail }) =>
      [
        `${(time - noon) / 1000} ${step}`,
        party,
        queue,
        agent,
        seconds === null ? '' : `${seconds} s`,
        inEnglish(detail),
      ]
        .filter((part) => part !== '')
        .join('; ')
  );
const inQueue = (queue: string): Partial<CdrRecord> => ({ queue, lastApplication: 'Queue', lastData: `${queue},t` });
const fromTo = (from: number, to: number, more: Partial<CdrRecord> = {}): CdrRecord =>
  cdrRecord({
    ...{ startTime: noon + from * 1000, answerTime: noon + from * 1000, endTime: noon + to * 1000, sequence: from + 2 },
    ...{ duration: to - from, billableSeconds: to - from, ...more },
  });
const of1002 = { interface: 'PJSIP/1002', memberUniqueId: `${noon / 1000}.3`, memberChannel: 'PJSIP/1002-00000003' };
const caller = { channel: '', number: '5551234', name: '', context: 'ivr-main', extension: '200' };

test('a call is told from its beginning over queue, agent and transfer to its end, talk split at the transfer', () => {
  const events: QueueEvent[] = [
    queueEvent('QueueCallerJoin', 7, { caller, position: 2 }),
    queueEvent('AgentRingNoAnswer', 12, { ...of1002, ringTime: 4 }),
    queueEvent('AgentConnect', 14, { holdTime: 7, ringTime: 1 }),
    queueEvent('BlindTransfer', 20, {
      memberChannel: 'PJSIP/1001-00000002',
      transfer: { result: 'Success', extension: '502', targetChannel: '', consultUniqueId: '' },
    }),
    queueEvent('AgentComplete', 20, { holdTime: 7, talkTime: 6, endedBy: 'transfer' }),
    queueEvent('QueueCallerJoin', 20, { queue: 'sales', position: 1, arrival: 1 }),
    queueEvent('AgentConnect', 23, { ...of1002, queue: 'sales', holdTime: 3, ringTime: 3 }),
    queueEvent('AgentComplete', 31, { ...of1002, queue: 'sales', holdTime: 3, talkTime: 8, endedBy: 'caller' }),
    queueEvent('Hangup', 31),
  ];
  const records = [
    fromTo(0, 20, { ...inQueue('support'), trunk: 'PJSIP/trunk-acme', did: '100' }),
    fromTo(20, 31, { ...inQueue('sales'), destinationChannel: 'PJSIP/1002-00000003', agent: '1002' }),
  ];
  expect(told({ records, events })).toEqual([
    '0 began; 5551234; to 100, through PJSIP/trunk-acme',
    '0 dialplan; 7 s; in ivr-main',
    '7 joined queue; support; 7 s; position 2',
    '8 rang; support; 1002; 4 s; no answer',
    '14 connected; support; 1001; 6 s; after a wait of 7 s',
    '20 blind transfer; sales; support; 1001; to queue sales, talk of 6 s before and 8 s after',
    '20 joined queue; sales; 3 s; position 1',
    '23 connected; sales; 1002; 8 s; after a wait of 3 s',
    '31 ended; 31 s; answered, transferred once, the caller hung up',
  ]);
});

test('records alone tell an announcement, who was busy, who talked, and voicemail', () => {
  const nobody = { destinationChannel: '', agent: '' };
  const records = [
    fromTo(0, 5, { ...nobody, lastApplication: 'Playback', lastData: 'hours' }),
    fromTo(5, 6, { disposition: 'BUSY', answerTime: null, billableSeconds: 0 }),
    fromTo(6, 20, { ...nobody, lastApplication: 'VoiceMail', lastData: '1001@default,u' }),
  ];
  expect(told({ records, events: [] })).toEqual([
    '0 began; 5551234; to 100',
    '0 application; 5 s; Playback(hours) in from-trunk',
    '6 voicemail; 14 s; VoiceMail(1001@default,u) in from-trunk',
    '20 ended; 20 s; busy',
  ]);
});

test('a caller who gives up leaves by it, and a try to transfer that fails is told', () => {
  const failed = queueEvent('BlindTransfer', 9, {
    memberChannel: 'PJSIP/1001-00000002',
    transfer: { result: 'Invalid', extension: '999', targetChannel: '', consultUniqueId: '' },
  });
  const events = [
    queueEvent('QueueCallerJoin', 0),
    queueEvent('AgentConnect', 5, { holdTime: 5, ringTime: 2 }),
    failed,
    queueEvent('AgentComplete', 15, { holdTime: 5, talkTime: 10, endedBy: 'agent' }),
    queueEvent('QueueCallerJoin', 16, { queue: 'sales' }),
    queueEvent('QueueCallerAbandon', 20, { queue: 'sales', holdTime: 4 }),
  ];
  expect(told({ records: [], events }).filter((line) => /failed|abandoned;/.test(line))).toEqual([
    '9 transfer failed; 999; support; 1001; blind, to number 999: Invalid',
    '20 abandoned; sales; after 4 s',
  ]);
});

test('a caller who still waits has no end', () => {
  expect(told({ records: [], events: [queueEvent('QueueCallerJoin', 0, { caller })] })).toEqual([
    '0 began; 5551234; to 200',
    '0 joined queue; support',
  ]);
});

test('a second in the dialplan is a step of its own', () => {
  const events = [
    queueEvent('QueueCallerJoin', 1, { caller, position: 1 }),
    queueEvent('AgentConnect', 3, { holdTime: 2, ringTime: 1 }),
    queueEvent('AgentComplete', 9, { holdTime: 2, talkTime: 6, endedBy: 'agent' }),
  ];
  const records = [fromTo(0, 9, { ...inQueue('support'), queueEventsHeard: true })];
  expect(told({ records, events })[1]).toMatch(/^0 dialplan; 1 s/);
});
