import { defaultDerivation, defaultRules } from '../../tests/support/cdr-builders';
import { PbxClocks } from '../cdr/pbx-clocks';
import type { AmiEvent } from './event';
import { EventReader } from './event-reader';

const at = Date.UTC(2026, 10, 24, 13);
const open = () =>
  new EventReader({
    rules: defaultRules,
    clocks: new PbxClocks(defaultDerivation),
    clockOffset: () => 0,
    onProblem: () => undefined,
  });
const event = (name: string, fields: Record<string, string>, seconds = 0): AmiEvent => ({
  kind: 'event',
  server: 'pbx',
  name,
  fields: { Event: name, ...fields },
  at: at + seconds * 1000,
  recovered: false,
});
const timeOf = (seconds: number) => new Date(at + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
const join = (Uniqueid: string, seconds = 0, Queue = 'intern') =>
  event('QueueCallerJoin', { Uniqueid, Linkedid: 'linked', Queue }, seconds);
const cdr = (seconds: number, more: Record<string, string> = {}) =>
  event('Cdr', {
    ...{
      UniqueID: `${at / 1000 + seconds}.1`,
      LinkedID: `${at / 1000 + seconds}.1`,
      Channel: 'PJSIP/trunk-a-00000001',
    },
    ...{ StartTime: timeOf(seconds), Duration: '3' },
    ...{ BillableSeconds: '0', Disposition: 'NO ANSWER', LastApplication: 'Queue', LastData: 'Intern,t' },
    ...more,
  });

it('numbers events of one millisecond in the order of their arrival', () => {
  const reader = open();
  const arrivals = [join('1.1'), join('1.2'), join('1.3', 1)].map((one) => reader.read(one).events[0]!.arrival);
  expect(arrivals).toEqual([0, 1, 0]);
});

it('keeps events in the order in which they came where a clock is set back, or measured again', () => {
  const reader = open();
  const read = [join('1.1', 1), join('1.2', 0.9), join('1.3', 1.1), join('1.4', -60)].map(
    (one) => reader.read(one).events[0]!
  );
  expect(read.map((one) => [(one.at - at) / 1000, one.arrival])).toEqual([
    [1, 0],
    [1, 1],
    [1.1, 0],
    [-60, 0],
  ]);
});

it('spells a queue as its events do, whatever the dialplan writes', () => {
  const reader = open();
  expect(reader.read(cdr(0)).records[0]!.queue).toBe('Intern');
  reader.read(join('1.1'));
  expect(reader.read(cdr(0)).records[0]!.queue).toBe('intern');
});

it('spells a queue as the answer to QueueStatus does too', () => {
  const reader = open();
  reader.read(event('QueueMember', { Queue: 'intern', Name: 'PJSIP/1001' }));
  expect(reader.read(cdr(0)).records[0]!.queue).toBe('intern');
});

it('knows who takes the place of a caller behind a Local channel, and after a transfer', () => {
  const reader = open();
  reader.read(join('half.2'));
  reader.read(join('agent.2'));
  const optimized = { LocalOneUniqueid: 'half.1', LocalTwoUniqueid: 'half.2', SourceUniqueid: '1.1' };
  reader.read(event('LocalOptimizationBegin', optimized, 2));
  reader.read(event('AttendedTransfer', { SecondTransfererUniqueid: 'agent.2', TransfereeUniqueid: '1.5' }, 3));
  const left = (Uniqueid: string) =>
    reader.read(event('QueueCallerAbandon', { Uniqueid, Linkedid: 'x', Queue: 'intern', HoldTime: '1' }, 90)).events[0];
  expect(left('1.1')).toMatchObject({ uniqueId: 'half.2' });
  expect(left('1.5')).toMatchObject({ uniqueId: 'agent.2' });
});

it('knows of a record whether queue events were heard all through it', () => {
  const reader = open();
  const heard = (seconds: number) => reader.read(cdr(seconds)).records[0]!.queueEventsHeard;
  expect(heard(0)).toBe(false);
  reader.read(join('1.1', 5));
  expect(heard(0)).toBe(false);
  expect(heard(60)).toBe(true);
  reader.interrupted('pbx');
  expect(heard(60)).toBe(false);
});

it('knows it by the time for which it listened where the clocks are minutes apart', () => {
  const reader = open();
  reader.read(join('1.1', 600));
  const ended = (started: number) => ({
    ...cdr(started, { EndTime: timeOf(started + 3) }),
    at: at + (started + 603) * 1000,
  });
  const heard = (started: number) => reader.read(ended(started)).records[0]!.queueEventsHeard;
  expect(heard(-60)).toBe(false);
  expect(heard(5)).toBe(true);
});

it('knows whether a PBX sends how the ringing of phones ends, once some were rung', () => {
  const reader = open();
  expect(reader.sendsDialEnds('pbx')).toBeNull();
  const rung = { DestinationChannel: 'PJSIP/1001-00000002', LastApplication: 'Dial' };
  [1, 2, 3, 4, 5].forEach((second) => reader.read(cdr(second, rung)));
  expect(reader.sendsDialEnds('pbx')).toBe(false);
  reader.read(event('DialEnd', { DestUniqueid: '1.2', DestChannel: 'PJSIP/1001-00000002', DialStatus: 'ANSWER' }));
  expect(reader.sendsDialEnds('pbx')).toBe(true);
});

it('reads the queue events of Asterisk 11', () => {
  const reader = open();
  const eleven = (name: string, fields: Record<string, string>) =>
    reader.read(event(name, { Uniqueid: '1.1', Queue: 'support', ...fields })).events[0];
  eleven('QueueCallerJoin', {});
  const member = { interface: 'SIP/1001', uniqueId: '1.1' };
  expect(eleven('AgentCalled', { AgentCalled: 'SIP/1001' })).toMatchObject(member);
  expect(eleven('AgentConnect', { Member: 'SIP/1001', Holdtime: '4', Ringtime: '2' })).toMatchObject({
    ...member,
    holdTime: 4,
    ringTime: 2,
  });
  expect(eleven('AgentComplete', { Member: 'SIP/1001', Holdtime: '4', TalkTime: '9' })).toMatchObject({
    ...member,
    talkTime: 9,
  });
});

describe('records that bear no linked id', () => {
  const unmapped = (UniqueID: string, Channel = 'PJSIP/trunk-a-00000001') =>
    cdr(0, { LinkedID: '', UniqueID, Channel });
  const callOf = (reader: EventReader, record: AmiEvent) => reader.read(record).records[0]!.linkedId;

  it('are of the call that the events of their channel name', () => {
    const reader = open();
    const rung = { DestUniqueid: '1.2', DestChannel: 'Local/1001@agents-00000001;1', DestLinkedid: 'linked' };
    expect(reader.read(join('1.1')).events[0]!.linkedId).toBe('linked');
    reader.read(event('AgentCalled', { Uniqueid: '1.1', Queue: 'intern', Interface: 'Local/1001@agents', ...rung }));
    reader.read(event('Newchannel', { Uniqueid: '1.4', Channel: 'PJSIP/1001-00000004', Linkedid: 'linked' }));
    expect(['1.1', '1.2', '1.4'].map((id) => callOf(reader, unmapped(id)))).toEqual(['linked', 'linked', 'linked']);
    expect(callOf(reader, unmapped('1.3', 'Local/1001@agents-00000001;2'))).toBe('linked');
  });

  it('are calls of their own where no event does', () => {
    expect(callOf(open(), unmapped('1.9'))).toBe('1.9');
  });
});

it('makes what follows of a consultation part of the call that was transferred', () => {
  const reader = open();
  reader.read(join('agent.2'));
  const transfer = {
    TransfereeUniqueid: '1.1',
    TransfereeLinkedid: 'linked',
    SecondTransfererLinkedid: 'consultation',
  };
  expect(reader.read(event('AttendedTransfer', transfer)).events).toMatchObject([
    { name: 'AttendedTransfer', uniqueId: '1.1', linkedId: 'linked', consultLinkedId: 'consultation' },
  ]);
  expect(reader.read(cdr(0, { LinkedID: 'consultation' })).records[0]!.linkedId).toBe('linked');
});

it('makes what a caller who waited for the transferer hears later part of the call too', () => {
  const reader = open();
  const inQueue = { Uniqueid: 'agent.2', Linkedid: 'consultation', Queue: 'intern' };
  reader.read(event('QueueCallerJoin', inQueue));
  const transfer = {
    TransfereeUniqueid: '1.1',
    TransfereeLinkedid: 'linked',
    SecondTransfererLinkedid: 'consultation',
  };
  reader.read(event('AttendedTransfer', transfer, 2));
  expect(reader.read(event('QueueCallerAbandon', { ...inQueue, HoldTime: '5' }, 5)).events).toMatchObject([
    { name: 'QueueCallerAbandon', uniqueId: 'agent.2', linkedId: 'linked' },
  ]);
});

it('hangs up who waited on a PBX that started again, and nobody when only amiws logs in again', () => {
  const reader = open();
  reader.read(join('1.1'));
  expect(reader.read(event('FullyBooted', { Uptime: '3600' }, 60)).events).toEqual([]);
  expect(reader.read(event('FullyBooted', { Uptime: '5' }, 60)).events).toMatchObject([
    { name: 'Hangup', uniqueId: '1.1', linkedId: 'linked', at: at + 55_000 },
  ]);
});
