import { cdrRecord, defaultDerivation } from '../../../tests/support/cdr-builders';
import type { AmiEvent } from '../../amiws/event';
import { PbxClocks } from '../../cdr/pbx-clocks';
import { SeenOnWire } from './seen-on-wire';

const minute = 60_000;
const now = Date.UTC(2026, 10, 24, 12);
const unrung = { disposition: 'NO ANSWER', destinationChannel: '' };
const event = (name: string, fields: Record<string, string> = {}): AmiEvent => ({
  kind: 'event',
  server: 'pbx',
  name,
  fields,
  // Its clock is far from ours.
  at: now - 5 * 1440 * minute,
  recovered: false,
});

let seen: SeenOnWire;
beforeEach(() => {
  seen = new SeenOnWire(new PbxClocks(defaultDerivation));
});

const hangup = (call: string, state: 'Up' | 'Ring', channel = call): void =>
  seen.add(
    event('Hangup', { Uniqueid: channel, Linkedid: call, ChannelState: state === 'Up' ? '6' : '4' }),
    undefined,
    now
  );
const record = (linkedId: string, changes = {}): void =>
  seen.add(event('Cdr'), cdrRecord({ server: 'pbx', linkedId, uniqueId: linkedId, ...changes }), now);
const unrecorded = (after = 11 * minute) => seen.of('pbx', now + after).unrecordedCallers;

it('channels that ended are counted, and apart those that had been answered, by our clock', () => {
  hangup('1.1', 'Ring');
  hangup('1.2', 'Up');
  expect(seen.of('pbx', now)).toMatchObject({ hangups: 2, answered: 1, firstAnsweredAt: now });
});

it('talks of queues are counted that say who ended them', () => {
  seen.add(event('AgentComplete', { Reason: 'caller' }), undefined, now);
  seen.add(event('AgentComplete', {}), undefined, now);
  expect(seen.of('pbx', now).endedTalks).toBe(1);
});

it('a call that nobody answered has left no record once none came for ten minutes', () => {
  hangup('1.1', 'Ring');
  expect(unrecorded(10 * minute)).toBe(0);
  expect(unrecorded()).toBe(1);
});

it.each([
  ['a record of it comes after its end', () => [hangup('1.1', 'Ring'), record('1.1')]],
  ['a record of it comes before its end', () => [record('1.1'), hangup('1.1', 'Ring')]],
  ['its record was joined to another call', () => [hangup('1.1', 'Ring'), record('1.5', { uniqueId: '1.1' })]],
  ['it was answered', () => [hangup('1.1', 'Up')]],
  ['a phone stops ringing for it', () => [hangup('1.1', 'Ring', '1.2')]],
  ['the PBX writes records of such calls since', () => [hangup('1.1', 'Ring'), record('1.9', unrung)]],
])('no call has left no record where %s', (_, happens) => {
  happens();
  expect(unrecorded()).toBe(0);
});

it('a thousand calls without a record are known at most', () => {
  Array.from({ length: 3_000 }, (_, n) => hangup(`1.${n}`, 'Ring'));
  expect(unrecorded()).toBe(1_000);
});

it('records that only unanswered = yes brings are counted', () => {
  record('1.1', unrung);
  record('1.2', { ...unrung, destinationChannel: 'PJSIP/1001-1' });
  expect(seen.of('pbx', now).unansweredRecords).toBe(1);
});

it('events of the core, such as transfers and the end of a ringing, are no events of queues', () => {
  seen.add(event('DialEnd', { Uniqueid: '1.1' }), undefined, now);
  seen.add(event('BlindTransfer', { TransfereeUniqueid: '1.1' }), undefined, now);
  expect(seen.of('pbx', now)).toMatchObject({ queueEvents: 0, timestamped: false });
  seen.add(event('QueueCallerJoin', { Uniqueid: '1.1', Queue: 'support' }), undefined, now);
  expect(seen.of('pbx', now).queueEvents).toBe(1);
});

it('what each kind of question needs is counted apart', () => {
  for (const name of ['QueueMemberStatus', 'QueueMember', 'QueueMemberAdded', 'QueueEntry', 'QueueCallerJoin']) {
    seen.add(event(name, { Queue: 'support', Uniqueid: '1.1' }), undefined, now);
  }
  for (const name of ['Newchannel', 'BlindTransfer', 'AttendedTransfer']) {
    seen.add(event(name, { Uniqueid: '1.1' }), undefined, now);
  }
  record('1.1', { direction: 'inbound', trunk: 'PJSIP/acme' });
  record('1.2', { direction: 'outbound', trunk: 'PJSIP/acme', callingAgent: '1001' });
  record('1.3', { direction: 'internal', trunk: '', callingAgent: '1001' });
  expect(seen.of('pbx', now)).toMatchObject({
    ...{ memberEvents: 3, queueCallers: 2, channels: 1, transferEvents: 2, isOld: false },
    ...{ records: 3, inboundRecords: 1, outboundRecords: 1, trunkRecords: 2, callingAgentRecords: 2 },
  });
  seen.add(event('QueueMemberPaused'), undefined, now);
  expect(seen.of('pbx', now).isOld).toBe(true);
});
