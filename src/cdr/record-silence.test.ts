import { RecordSilence } from './record-silence';

const minute = 60_000;
const cdr = { server: 'pbx', name: 'Cdr', at: 0 };

function afterCalls(count: number): RecordSilence {
  const silence = new RecordSilence();
  for (let n = 0; n < count; n++) {
    silence.see({ server: 'pbx', name: 'Hangup', at: minute + n }, undefined);
  }
  return silence;
}

it('is a gap once many calls ended and no record came for long', () => {
  const silence = afterCalls(10);
  expect(silence.open(11 * minute)).toEqual([]);
  const gap = { server: 'pbx', startTime: minute, endTime: null, reason: 'unrecorded' };
  expect(silence.open(11 * minute + 1)).toEqual([gap]);
  expect(silence.see(cdr, { startTime: null, endTime: 20 * minute })).toEqual({ ...gap, endTime: 20 * minute });
  expect(silence.open(60 * minute)).toEqual([]);
});

it('is none where few channels ended, or where records come late', () => {
  expect(afterCalls(9).open(60 * minute)).toEqual([]);
  const late = afterCalls(10);
  expect(late.see(cdr, { startTime: minute, endTime: null })).toBeNull();
  expect(late.open(60 * minute)).toEqual([]);
});

it('counts only events that a record follows', () => {
  const silence = new RecordSilence();
  for (let n = 0; n < 100; n++) {
    silence.see({ server: 'pbx', name: 'QueueCallerJoin', at: n }, undefined);
  }
  expect(silence.open(60 * minute)).toEqual([]);
});

it('ends where the PBX is not heard any more', () => {
  const silence = afterCalls(12);
  expect(silence.forget('pbx', 30 * minute)).toMatchObject({ startTime: minute, endTime: 30 * minute });
  expect(silence.forget('pbx', 31 * minute)).toBeNull();
});
