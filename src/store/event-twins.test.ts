import { queueEvent } from '../../tests/support/cdr-builders';
import type { QueueEvent } from '../cdr/queue-event';
import { EventTwins } from './event-twins';

const join = (seconds: number, overrides: Partial<QueueEvent> = {}): QueueEvent =>
  queueEvent('QueueCallerJoin', seconds, overrides);

/** What of `heard` a process finds new, which it then stores. */
function adds(twins: EventTwins, stored: QueueEvent[], heard: QueueEvent[], lateness = 0): QueueEvent[] {
  return twins.settle(stored, heard, lateness, (effect) => effect()).fresh;
}

describe('events that two processes heard', () => {
  it('are one where they differ in when they were heard, and two where they differ in anything else', () => {
    const stored = [join(10)];
    expect(adds(new EventTwins(true), stored, [join(10.2, { arrival: 1 })])).toEqual([]);
    const other = join(10.2, { queue: 'sales' });
    expect(adds(new EventTwins(true), stored, [other])).toEqual([other]);
    expect(adds(new EventTwins(true), stored, [join(16)])).toEqual([join(16)]);
  });

  it('are two where one process heard both, however near', () => {
    const twins = new EventTwins(true);
    expect(adds(twins, [], [join(10), join(13)])).toEqual([join(10), join(13)]);
    const apart = new EventTwins(true);
    expect(adds(apart, [], [join(10)])).toEqual([join(10)]);
    expect(adds(apart, [join(10)], [join(13)])).toEqual([join(13)]);
  });

  it('match one to one, also over several batches', () => {
    const stored = [join(10), join(13)];
    expect(adds(new EventTwins(true), stored, [join(10.1), join(13.1)])).toEqual([]);
    const twins = new EventTwins(true);
    expect(adds(twins, stored, [join(10.1)])).toEqual([]);
    expect(adds(twins, stored, [join(13.1)])).toEqual([]);
    expect(adds(twins, stored, [join(14)])).toEqual([join(13.9)]);
  });

  it('match the nearest', () => {
    const twins = new EventTwins(true);
    const stored = [join(10), join(13)];
    expect(adds(twins, stored, [join(13.1)])).toEqual([]);
    expect(adds(twins, stored, [join(10.1)])).toEqual([]);
  });

  it('match further apart where one process stood still', () => {
    expect(adds(new EventTwins(true), [join(10)], [join(22)], 12_000)).toEqual([]);
  });

  it('are free again where what was to be stored did not become durable', () => {
    const twins = new EventTwins(true);
    expect(twins.settle([], [join(10)], 0, () => undefined).fresh).toEqual([join(10)]);
    expect(adds(twins, [join(10.1)], [join(10)])).toEqual([]);
  });
});

describe('events that were heard and read', () => {
  const ring = (seconds: number, ringTime: number, overrides: Partial<QueueEvent> = {}): QueueEvent =>
    queueEvent('AgentRingNoAnswer', seconds, { ringTime, ...overrides });
  const read = { imported: true, memberUniqueId: '' };
  const settle = (stored: QueueEvent[], added: QueueEvent[]) =>
    new EventTwins(false).settle(stored, added, 0, () => undefined);

  it('are two where their times on the line differ', () => {
    const short = ring(10, 1, read);
    expect(settle([ring(12.4, 2)], [short]).fresh).toEqual([short]);
    expect(settle([ring(10.4, 1)], [short]).fresh).toEqual([]);
  });

  it('match the nearest of all, a second that was read counted from its middle', () => {
    const [first, second] = [ring(10, 1, read), ring(11, 1, read)];
    expect(settle([ring(11.1, 1)], [first, second]).fresh).toEqual([first]);
    expect(settle([ring(10.9, 1)], [first, second]).fresh).toEqual([second]);
  });

  it('are one by a name and an interface, and two by two interfaces', () => {
    const heard = ring(10.4, 1);
    expect(settle([heard], [ring(10, 1, { ...read, interface: 'Alice' })]).fresh).toEqual([]);
    expect(settle([heard], [ring(10, 1, { ...read, interface: 'PJSIP/1002' })]).fresh).toHaveLength(1);
  });

  it('that were read by a name are read by the interface once it is known', () => {
    const named = ring(10, 1, { ...read, interface: 'Alice' });
    const { fresh, gone } = settle([named], [ring(10, 1, read)]);
    expect([fresh, gone]).toEqual([[ring(10, 1, read)], [named]]);
  });
});
