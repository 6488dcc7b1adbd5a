import { cdrRecord, defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import { assembleCall } from '../cdr/assemble-call';
import { callKey, type CallParts } from '../cdr/call-parts';
import { RecentCalls, type StandingCall } from './recent-calls';

const minute = 60_000;
const idOf = (n: number) => ({ server: 'pbx', linkedId: `${(noon + n * minute) / 1000}.${n}` });

/** A call that began `n` minutes after noon. */
function call(n: number, more: Partial<CallParts> = {}): StandingCall {
  const id = idOf(n);
  const record = cdrRecord({ ...id, uniqueId: id.linkedId, startTime: noon + n * minute });
  const parts = { records: [record], events: [], ...more };
  return { id, parts, assembled: assembleCall(parts, defaultRules) };
}
const calls = (count: number): StandingCall[] => Array.from({ length: count }, (_, n) => call(n));
const keys = (found: RecentCalls, since: number, most = 1000) =>
  found.since(noon + since * minute, most)?.map(({ parts }) => callKey(parts.records[0]!));
const keysOf = (...ns: number[]) => ns.map((n) => callKey(idOf(n)));

describe('recent calls', () => {
  it('hold everything as long as nothing had to go', () => {
    const recent = new RecentCalls(4);
    recent.put(calls(3));
    expect(recent.since(-Infinity, 1000)).toHaveLength(3);
    expect(keys(recent, 1)).toEqual(keysOf(2, 1));
    expect(recent.knowsAllLike(idOf(0))).toBe(true);
  });

  it('let the oldest go, and know from which instant on they hold all', () => {
    const recent = new RecentCalls(4);
    recent.put(calls(10));
    expect(recent.get(idOf(5))).toBeUndefined();
    expect(recent.get(idOf(6))).toBeDefined();
    expect(keys(recent, 5)).toBeUndefined();
    expect(keys(recent, 6)).toEqual(keysOf(9, 8, 7, 6));
    expect(recent.knowsAllLike(idOf(5))).toBe(false);
    expect(recent.knowsAllLike(idOf(6))).toBe(true);
    expect(recent.knowsAllLike({ server: 'pbx', linkedId: 'told otherwise' })).toBe(false);
  });

  it('count a call by the last that happened in it', () => {
    const recent = new RecentCalls(4);
    const id = idOf(0);
    const late = queueEvent('QueueCallerJoin', 3600, { ...id, uniqueId: id.linkedId });
    recent.put([call(0, { events: [late] }), ...calls(10).slice(1)]);
    expect(recent.get(id)).toBeDefined();
    expect(keys(recent, 60)).toEqual(keysOf(0));
  });

  it('say nothing where too many calls would have to be looked through', () => {
    const recent = new RecentCalls(4);
    recent.put(calls(4));
    expect(keys(recent, 2, 2)).toEqual(keysOf(3, 2));
    expect(keys(recent, 1, 2)).toBeUndefined();
  });

  it('tell the instant from which on the newest hold all', () => {
    const recent = new RecentCalls(4);
    recent.put(calls(4));
    expect(recent.newest(2)).toMatchObject({ from: noon + minute + 1 });
    expect(recent.newest(2).calls).toHaveLength(2);
    expect(recent.newest(9)).toMatchObject({ from: -Infinity });
  });

  it('forget calls that retention took a part of, and a call that nothing is left of', () => {
    const recent = new RecentCalls(4);
    recent.put(calls(4));
    recent.forgetBefore(noon + 2 * minute);
    expect(keys(recent, 1)).toBeUndefined();
    expect(keys(recent, 2)).toEqual(keysOf(3, 2));
    recent.put([{ ...call(3), parts: { records: [], events: [] } }]);
    expect(keys(recent, 2)).toEqual(keysOf(2));
  });

  it('forget with the old calls those that tell no time, which the store removes too', () => {
    const recent = new RecentCalls(10);
    const id = { server: 'pbx', linkedId: 'a' };
    const record = cdrRecord({ ...id, uniqueId: 'a', startTime: null, answerTime: null, endTime: null });
    const parts = { records: [record], events: [] };
    recent.put([...calls(3), { id, parts, assembled: assembleCall(parts, defaultRules) }]);
    recent.forgetBefore(noon + minute);
    expect([recent.get(id), recent.get(idOf(0))]).toEqual([undefined, undefined]);
    expect(keys(recent, 1)).toEqual(keysOf(2, 1));
  });
});
