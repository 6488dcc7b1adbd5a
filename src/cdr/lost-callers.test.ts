import fc from 'fast-check';
import { arbitraryCalls, arbitrarySpans } from '../../tests/support/arbitrary-callers';
import { cdrRecord, defaultRules, noon } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import type { Call } from './call';
import { contactOf } from './contact';
import { lostCallers } from './lost-callers';
import type { CdrRecord } from './record';

const minute = 60_000;
const hour = 60 * minute;
const number = '+4930123456789';

function callOf(overrides: Partial<CdrRecord>): Call {
  const records = [cdrRecord(overrides)];
  return assembleCall({ records, events: [] }, defaultRules).call!;
}

let made = 0;
const at = (minutes: number, overrides: Partial<CdrRecord>): Call => {
  const startTime = noon + minutes * minute;
  const isAnswered = overrides.disposition === 'ANSWERED';
  return callOf({
    uniqueId: `${startTime / 1000}.${made++}`,
    startTime,
    answerTime: isAnswered ? startTime + 2000 : null,
    endTime: startTime + 10_000,
    billableSeconds: isAnswered ? 8 : 0,
    ...overrides,
  });
};
const inbound = (minutes: number, disposition: string, source = number) =>
  at(minutes, { source, disposition, direction: 'inbound' });
const outbound = (minutes: number, disposition: string, destination: string) =>
  at(minutes, { destination, disposition, direction: 'outbound', source: '1001' });

const found = (calls: readonly Call[], within = 24 * hour) =>
  lostCallers(calls, within).map(({ tries, reached, triedBack }) => [tries.length, reached?.kind ?? null, triedBack]);

describe('a lost caller', () => {
  test('is one who called in vain, however often, until a call comes through', () => {
    expect(
      found([inbound(0, 'NO ANSWER'), inbound(5, 'BUSY'), inbound(9, 'ANSWERED'), inbound(20, 'ANSWERED')])
    ).toEqual([[2, 'cameThrough', 0]]);
  });

  test('is reached by a call to the number as an outside line dials it, which somebody answered', () => {
    const tries = [outbound(3, 'NO ANSWER', '9030123456789'), outbound(8, 'ANSWERED', '00493 0123456789')];
    expect(found([inbound(0, 'NO ANSWER'), ...tries])).toEqual([[1, 'calledBack', 1]]);
  });

  test('waits where only other numbers are reached, or earlier, or too late', () => {
    const calls = [inbound(-5, 'ANSWERED'), inbound(0, 'NO ANSWER'), inbound(61, 'ANSWERED')];
    expect(found([...calls, outbound(5, 'ANSWERED', '030123456780')], hour)).toEqual([[1, null, 0]]);
  });

  test('is reached at the last moment in which one may be', () => {
    expect(found([inbound(0, 'NO ANSWER'), inbound(60, 'ANSWERED')], hour)).toEqual([[1, 'cameThrough', 0]]);
  });

  test('is lost anew by a try after that time, and after being reached', () => {
    expect(found([inbound(0, 'NO ANSWER'), inbound(61, 'NO ANSWER')], hour)).toEqual([
      [1, null, 0],
      [1, null, 0],
    ]);
    expect(found([inbound(0, 'NO ANSWER'), inbound(5, 'ANSWERED'), inbound(9, 'NO ANSWER')])).toEqual([
      [1, 'cameThrough', 0],
      [1, null, 0],
    ]);
  });

  test('is never one of a withheld number, or one whom an application served', () => {
    const served = at(0, {
      source: number,
      direction: 'inbound',
      lastApplication: 'Playback',
      destinationChannel: '',
      disposition: 'ANSWERED',
    });
    expect(served.outcome).toBe('self-served');
    expect(found([inbound(0, 'NO ANSWER', 'anonymous'), served])).toEqual([]);
  });

  test('is also who waited in a queue of a PBX whose trunks are unknown', () => {
    expect(
      contactOf(at(0, { direction: 'unknown', queue: 'support', lastApplication: 'Queue', disposition: 'NO ANSWER' }))
        ?.kind
    ).toBe('lost');
    expect(contactOf(at(0, { direction: 'unknown', disposition: 'NO ANSWER' }))).toBeNull();
  });
});

test('every lost call of a number that shows is a try of one lost caller, and no success is used twice', () => {
  fc.assert(
    fc.property(arbitraryCalls, arbitrarySpans, (records, { lostWithin }) => {
      const calls = records.map((record) => assembleCall({ records: [record], events: [] }, defaultRules).call!);
      const lost = lostCallers(calls, lostWithin);
      const tries = lost.flatMap((caller) => caller.tries.map(({ call }) => call));
      const shown = calls.map(contactOf).filter((contact) => contact?.kind === 'lost' && contact.number !== '');
      expect(new Set(tries)).toEqual(new Set(shown.map((contact) => contact!.call)));
      expect(tries).toHaveLength(shown.length);
      const reached = lost.flatMap((caller) => caller.reached?.call ?? []);
      expect(new Set(reached).size).toBe(reached.length);
    })
  );
});
