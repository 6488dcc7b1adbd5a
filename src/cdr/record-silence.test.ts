import { RecordSilence } from './record-silence';

const minute = 60_000;
const at = (time: number) => ({ time, steady: time });
const answered = { server: 'pbx', disposition: 'ANSWERED', destinationChannel: 'PJSIP/1001-1' };
/** What only `unanswered = yes` brings. */
const unrung = { server: 'pbx', disposition: 'NO ANSWER', destinationChannel: '' };
const hangup = (n: number, linked = n, state: 'Up' | 'Ring' = 'Up') => ({
  server: 'pbx',
  name: 'Hangup',
  fields: { Uniqueid: `1.${n}`, Linkedid: `1.${linked}`, ChannelState: state === 'Up' ? '6' : '4' },
});

function afterCalls(count: number, state?: 'Ring', silence = new RecordSilence()): RecordSilence {
  for (let n = 0; n < count; n++) {
    silence.see(hangup(n, n, state), at(minute + n));
  }
  return silence;
}

it('is a gap once many calls ended and no record came for long', () => {
  const silence = afterCalls(10);
  expect(silence.open(at(11 * minute))).toEqual([]);
  const gap = { server: 'pbx', startTime: minute, endTime: null, reason: 'unrecorded' };
  expect(silence.open(at(11 * minute + 1))).toEqual([gap]);
  expect(silence.recorded(answered, 20 * minute, at(20 * minute))).toEqual({ ...gap, endTime: 20 * minute });
  expect(silence.open(at(60 * minute))).toEqual([]);
});

it('is none where few calls ended, or where records come late', () => {
  expect(afterCalls(9).open(at(60 * minute))).toEqual([]);
  const late = afterCalls(10);
  expect(late.recorded(answered, minute, at(30 * minute))).toBeNull();
  expect(late.open(at(60 * minute))).toEqual([]);
});

it('is none where nobody answered, since Asterisk writes no record of such calls by default', () => {
  const silence = afterCalls(100, 'Ring');
  Array.from({ length: 100 }, (_, n) =>
    silence.see({ ...hangup(n, n, 'Ring'), name: 'QueueCallerAbandon' }, at(2 * minute))
  );
  expect(silence.open(at(60 * minute))).toEqual([]);
  expect(silence.recorded(answered, 60 * minute, at(60 * minute))).toBeNull();
});

it('is one where nobody answered, if the PBX has written records of such calls', () => {
  const silence = new RecordSilence();
  silence.recorded(unrung, 0, at(0));
  afterCalls(10, 'Ring', silence);
  expect(silence.open(at(60 * minute))).toMatchObject([{ startTime: minute, reason: 'unrecorded' }]);
});

it.each([
  ['a phone was rung', { ...unrung, destinationChannel: 'PJSIP/1001-1' }],
  ['a trunk was congested', { ...unrung, disposition: 'CONGESTION' }],
  ['the dial plan answered', { ...unrung, disposition: 'ANSWERED' }],
  ['another PBX wrote it', { ...unrung, server: 'other' }],
])('is none where nobody answered, after a record that comes by default: %s', (_, record) => {
  const silence = new RecordSilence();
  silence.recorded(record, 0, at(0));
  expect(afterCalls(10, 'Ring', silence).open(at(60 * minute))).toEqual([]);
});

it('is one at most of calls that nobody answered where records of them come no more', () => {
  const silence = new RecordSilence();
  silence.recorded(unrung, 0, at(0));
  afterCalls(10, 'Ring', silence);
  expect(silence.recorded(answered, 60 * minute, at(60 * minute))).toMatchObject({ reason: 'unrecorded' });
  expect(afterCalls(10, 'Ring', silence).open(at(120 * minute))).toEqual([]);
});

it('is none while one caller waits and phones stop ringing', () => {
  const silence = new RecordSilence();
  Array.from({ length: 26 }, (_, ring) => silence.see(hangup(ring + 1, 0), at(ring * 25_000)));
  expect(silence.open(at(11 * minute))).toEqual([]);
  silence.see({ ...hangup(0), name: 'QueueCallerAbandon' }, at(11 * minute));
  silence.see(hangup(0), at(11 * minute));
  expect(silence.recorded(answered, 25_000, at(11 * minute))).toBeNull();
});

it('counts a call once, however many events end it', () => {
  const silence = new RecordSilence();
  Array.from({ length: 20 }, () => silence.see({ ...hangup(0), name: 'AgentComplete' }, at(0)));
  expect(silence.open(at(60 * minute))).toEqual([]);
});

it('believes no PBX clock that is ahead of ours', () =>
  expect(afterCalls(10).recorded(answered, 12 * minute, at(2 * minute))).toBeNull());

it('is measured by a clock that nobody sets', () => {
  const silence = afterCalls(10);
  // The clock of the day was put back an hour.
  expect(silence.open({ time: -48 * minute, steady: 12 * minute })).toMatchObject([{ startTime: -59 * minute }]);
  expect(silence.open({ time: 72 * minute, steady: 2 * minute })).toEqual([]);
});

it('counts only events that a record follows', () => {
  const silence = new RecordSilence();
  Array.from({ length: 100 }, (_, n) => silence.see({ ...hangup(n), name: 'QueueCallerJoin' }, at(n)));
  expect(silence.open(at(60 * minute))).toEqual([]);
});

it('ends where the PBX is not heard any more', () => {
  const silence = afterCalls(12);
  expect(silence.forget('pbx', at(30 * minute))).toMatchObject({ startTime: minute, endTime: 30 * minute });
  expect(silence.forget('pbx', at(31 * minute))).toBeNull();
});
