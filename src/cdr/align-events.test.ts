import { cdrRecord, noon, queueEvent } from '../../tests/support/cdr-builders';
import { alignEvents } from './align-events';
import type { QueueEventName } from './queue-event';

const record = cdrRecord();
const talk = { memberChannel: record.destinationChannel };
/** A call whose events arrive by a clock that is minutes ahead of the PBX's. */
const heard = (ahead: number, ...names: QueueEventName[]) =>
  names.map((name) => queueEvent(name, secondsOf[name]! + ahead * 60, talk));
const secondsOf: Partial<Record<QueueEventName, number>> = {
  QueueCallerJoin: 0,
  AgentConnect: 2,
  AgentComplete: 10,
  DialEnd: 2,
  Hangup: 10,
};
const times = (events: ReturnType<typeof heard>, records = [record]) =>
  alignEvents(records, events).map(({ at }) => (at - noon) / 1000);

describe('events that arrive by a clock that is minutes off', () => {
  it.each([
    ['the hang-up of the caller', [0, 10], ['QueueCallerJoin', 'Hangup']],
    ['the connection of the agent', [0, 2], ['QueueCallerJoin', 'AgentConnect']],
    ['the end of the talk', [0, 10], ['QueueCallerJoin', 'AgentComplete']],
    ['the answer of a phone', [2], ['DialEnd']],
  ] as const)('are of the time that the records tell of %s', (_, seconds, names) => {
    expect(times(heard(10, ...names))).toEqual(seconds);
    expect(times(heard(-10, ...names))).toEqual(seconds);
  });

  it('stay as they are where no record tells of the same instant', () => {
    expect(times(heard(10, 'QueueCallerJoin'))).toEqual([600]);
    expect(times(heard(10, 'QueueCallerJoin', 'Hangup'), [])).toEqual([600, 610]);
  });

  it.each([
    ['began', 5],
    ['began', -5],
    ['ended', 5],
    ['ended', -5],
  ] as const)('are of that time where the call %s before a clock that is days off was measured: %s', (part, days) => {
    const [began, ended] = part === 'began' ? [days, 0] : [0, days];
    const events = [
      ...heard(began * 1440, 'QueueCallerJoin', 'AgentConnect'),
      ...heard(ended * 1440, 'AgentComplete', 'Hangup'),
    ];
    expect(times(events.sort((one, other) => one.at - other.at))).toEqual([0, 2, 10, 10]);
  });

  it('stay as they are within a minute, and where some lie within the call', () => {
    expect(times(heard(0.5, 'QueueCallerJoin', 'Hangup'))).toEqual([30, 40]);
    const later = [...heard(0, 'QueueCallerJoin'), ...heard(10, 'Hangup')];
    expect(times(later)).toEqual([0, 610]);
  });
});
