import fc from 'fast-check';
import { defaultRules, noon, queueEvent } from '../support/cdr-builders';
import { EventTwins } from '../../src/store/event-twins';
import { assembleCall } from '../../src/cdr/assemble-call';
import { QueueCallers } from '../../src/cdr/queue-callers';
import type { QueueEvent, QueueEventName } from '../../src/cdr/queue-event';
import { queueLogEvents } from '../../src/cdr/queue-log-events';
import { parseQueueLogLine } from '../../src/cdr/queue-log-line';
import { queueLogText } from '../support/queue-log-text';

interface Ring {
  member: string;
  seconds: number;
}

interface Stay {
  queue: string;
  /** Milliseconds before it, after what came before. */
  pause: number;
  rings: Ring[];
  end: 'answered' | 'passed on' | 'abandoned' | 'key';
  talk: number;
}

const member = fc.constantFrom('PJSIP/1001', 'PJSIP/1002', 'Local/1003@from-queue/n');
const stay: fc.Arbitrary<Stay> = fc.record({
  queue: fc.constantFrom('support', 'sales'),
  pause: fc.integer({ min: 1, max: 9_000 }),
  rings: fc.array(fc.record({ member, seconds: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 4 }),
  end: fc.constantFrom('answered', 'passed on', 'abandoned', 'key'),
  talk: fc.integer({ min: 0, max: 300 }),
});

/** What the wire tells of a caller's stays, one after the other: each ring but the last one is not answered. */
function heardOf(stays: readonly Stay[], begin: number): QueueEvent[] {
  const events: QueueEvent[] = [];
  let at = begin;
  let channels = 2;
  for (const { queue, pause, rings, end, talk } of stays) {
    at += pause;
    const joined = at;
    const hold = (): number => Math.floor(at / 1000) - Math.floor(joined / 1000);
    const tell = (name: QueueEventName, more: Partial<QueueEvent> = {}): void => {
      events.push(queueEvent(name, 0, { at: noon + at, arrival: events.length, queue, memberChannel: '', ...more }));
    };
    const caller = { channel: 'PJSIP/trunk-1', number: '5551234', name: '', context: 'in', extension: '500' };
    tell('QueueCallerJoin', { position: 1, caller });
    for (const [n, { member: own, seconds }] of rings.entries()) {
      const ring = { interface: own, memberUniqueId: `${noon / 1000 + Math.floor(at / 1000)}.${channels++}` };
      tell('AgentCalled', ring);
      at += seconds * 1000;
      if (n < rings.length - 1 || end === 'key' || end === 'abandoned') {
        tell('AgentRingNoAnswer', { ...ring, ringTime: seconds });
        continue;
      }
      const spans = { holdTime: hold() };
      tell('AgentConnect', { ...ring, ...spans, ringTime: seconds });
      at += talk * 1000;
      tell('AgentComplete', { ...ring, ...spans, talkTime: talk, endedBy: 'transfer' });
    }
    at += 1;
    if (end === 'abandoned') {
      tell('QueueCallerAbandon', { position: 1, holdTime: hold() });
    } else if (end === 'key') {
      tell('QueueCallerLeave', { position: 1 });
    }
  }
  return events;
}

/** What Asterisk writes of the same. */
function lineOf(event: QueueEvent): string[] {
  const { name, at, uniqueId, queue, interface: own, position, holdTime, ringTime, talkTime, memberUniqueId } = event;
  const line = (agent: string, kind: string, ...data: Array<string | number | null>): string[] => [
    queueLogText({
      time: String(Math.floor(at / 1000)),
      callId: uniqueId,
      queue,
      agent,
      event: kind,
      data: data.map((value) => String(value ?? '')),
    }),
  ];
  switch (name) {
    case 'QueueCallerJoin':
      return line('NONE', 'ENTERQUEUE', '', event.caller!.number, position);
    case 'AgentRingNoAnswer':
      return line(own, 'RINGNOANSWER', ringTime! * 1000);
    case 'AgentConnect':
      return line(own, 'CONNECT', holdTime, memberUniqueId, ringTime);
    case 'AgentComplete':
      return line(own, 'BLINDTRANSFER', '500', 'in', holdTime, talkTime, 1);
    case 'QueueCallerAbandon':
      return line('NONE', 'ABANDON', position, 1, holdTime);
    case 'QueueCallerLeave':
      return line('NONE', 'EXITWITHKEY', 1, position, 1, 5);
    default:
      return [];
  }
}

function readOf(events: readonly QueueEvent[]): QueueEvent[] {
  const callers = new QueueCallers();
  return events.flatMap(lineOf).flatMap((text, n) => {
    const line = parseQueueLogLine(text)!;
    const context = { server: 'pbx', at: Number(line.time) * 1000, arrival: 1_000 + n, utcOffset: 0 };
    const read = queueLogEvents(line, { ...context, interfaceOf: (_, name) => name })!;
    return read.flatMap((event) => callers.place(event) ?? []);
  });
}

/** Visits and rings, but for when they were to the millisecond, and the waits of who left by a key, which follow from it. */
function factsOf(events: readonly QueueEvent[]) {
  const { visits, legs } = assembleCall({ records: [], events }, defaultRules);
  return {
    visits: visits.map(({ queue, visitOutcome, waitTime, talkTime, agent, endedBy, joinTime }) => ({
      ...{ queue, visitOutcome, talkTime, agent, endedBy },
      waitTime: visitOutcome === 'left' ? null : waitTime,
      joinTime: Math.floor(joinTime / 1000),
    })),
    legs: legs
      .map(({ agent, queue, answered, ringTime, talkTime }) => `${queue} ${agent} ${answered} ${ringTime} ${talkTime}`)
      .sort(),
  };
}

const calls = fc.record({
  stays: fc.array(stay, { minLength: 1, maxLength: 4 }),
  begin: fc.integer({ min: 0, max: 999 }),
});

test('what Asterisk writes of events gives the same visits and rings as the events', () => {
  fc.assert(
    fc.property(calls, ({ stays, begin }) => {
      const heard = heardOf(stays, begin);
      expect(factsOf(readOf(heard))).toEqual(factsOf(heard));
    })
  );
});

test('what was heard of a call and what was written of all of it give the same as all that was heard', () => {
  fc.assert(
    fc.property(calls, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), ({ stays, begin }, isHeard) => {
      const all = heardOf(stays, begin);
      const heard = all.filter((_, n) => isHeard[n]);
      const { fresh, gone } = new EventTwins(false).settle(heard, readOf(all), 0, () => undefined);
      expect(gone).toEqual([]);
      expect(factsOf([...heard, ...fresh])).toEqual(factsOf(all));
    })
  );
});
