import fc from 'fast-check';
import { defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import type { QueueEvent, QueueEventName } from '../cdr/queue-event';
import { assembleCall } from '../cdr/assemble-call';
import { queueEventKey } from '../cdr/call-parts';
import { EventTwins } from './event-twins';

/** An event of the wire: its name, and the member it is about. */
type Told = readonly [name: QueueEventName, member?: string, stay?: number];

/** A stay of a caller: phones ring, and it ends somehow. */
const stay = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom('1001', '1002', '1003'), { maxLength: 3 }),
    fc.constantFrom('connected', 'abandoned', 'left')
  )
  .map(([rung, end]): Told[] => [
    ['QueueCallerJoin'],
    ...rung.map((member): Told => ['AgentCalled', member]),
    ...rung.slice(1).map((member): Told => ['AgentRingNoAnswer', member]),
    ...ends[end === 'connected' && rung.length === 0 ? 'left' : (end as keyof typeof ends)](rung[0] ?? ''),
  ]);
const ends = {
  connected: (member: string): Told[] => [['QueueCallerLeave'], ['AgentConnect', member], ['AgentComplete', member]],
  abandoned: (): Told[] => [['QueueCallerAbandon'], ['QueueCallerLeave']],
  left: (): Told[] => [['QueueCallerLeave']],
};

/** Milliseconds from one event to the next. */
const steps = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 40, maxLength: 40 });
/** A process whose clock, and whose way to the PBX, make its times differ from those of others by a second at most. */
const hearer = fc.record({
  clock: fc.integer({ min: -375, max: 375 }),
  delays: fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 40, maxLength: 40 }),
  /** Which events it hears. */
  ears: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  /** From which event to which one it hears, where it hears all between. */
  from: fc.nat(20),
  to: fc.integer({ min: 1, max: 40 }),
  /** After how many events each of its batches ends. */
  batches: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 40, maxLength: 40 }),
});

type Hearer = typeof hearer extends fc.Arbitrary<infer T> ? T : never;

/** What a process hears, in batches: in order, as a connection brings it. */
function batchesOf(
  told: readonly Told[],
  spaces: readonly number[],
  { clock, delays, batches }: Pick<Hearer, 'clock' | 'delays' | 'batches'>,
  hears: (n: number) => boolean
): QueueEvent[][] {
  let [at, sentAt, arrival] = [0, 0, 0];
  const heard: QueueEvent[] = [];
  for (const [n, [name, member, stay = 0]] of told.entries()) {
    sentAt += spaces[n]!;
    if (hears(n)) {
      const next = Math.max(at, noon + sentAt + clock + delays[n]!);
      arrival = next === at ? arrival + 1 : 0;
      at = next;
      heard.push(
        queueEvent(name, 0, {
          at,
          arrival,
          interface: member ? `PJSIP/${member}` : '',
          memberUniqueId: member ? `${member}.${stay}` : '',
          holdTime: null,
          talkTime: null,
          ringTime: null,
        })
      );
    }
  }
  const cut: QueueEvent[][] = [];
  for (let n = 0; heard.length > 0; n++) {
    cut.push(heard.splice(0, batches[n] ?? 4));
  }
  return cut;
}

/** Stores batches of all processes, one after the other by `turns`. */
function stored(processes: QueueEvent[][][], turns: readonly number[]): QueueEvent[] {
  const twins = processes.map(() => new EventTwins(true));
  const left = processes.map((batches) => [...batches]);
  let events: QueueEvent[] = [];
  for (let n = 0; left.some((batches) => batches.length > 0); n++) {
    const open = left.flatMap((batches, process) => (batches.length > 0 ? [process] : []));
    const process = open[(turns[n % turns.length] ?? 0) % open.length]!;
    const { fresh, gone } = twins[process]!.settle(events, left[process]!.shift()!, 0, (effect) => effect());
    events = [...events.filter((event) => !gone.includes(event)), ...fresh];
  }
  expect(new Set(events.map(queueEventKey)).size).toBe(events.length);
  return events;
}

const namesOf = (events: readonly QueueEvent[]): string[] =>
  events.map(({ name, interface: member }) => `${name} ${member}`).sort();
const visitsOf = (events: readonly QueueEvent[]) =>
  assembleCall({ records: [], events }, defaultRules).visits.map(({ visitOutcome, agent }) => ({
    visitOutcome,
    agent,
  }));

const turns = fc.array(fc.nat(2), { minLength: 20, maxLength: 60 });
const alone = (told: readonly Told[]): QueueEvent[] =>
  batchesOf(
    told,
    told.map(() => 3),
    { clock: 0, delays: told.map(() => 0), batches: [] },
    () => true
  ).flat();

function expectWhole(found: readonly QueueEvent[], told: readonly Told[]): void {
  expect(namesOf(found)).toEqual(namesOf(alone(told)));
  expect(visitsOf(found)).toEqual(visitsOf(alone(told)));
}

it('events of a stay that processes heard in part are one stay, whoever stored what first', () => {
  fc.assert(
    fc.property(
      stay,
      steps,
      fc.array(hearer, { minLength: 2, maxLength: 3 }),
      turns,
      (told, spaces, hearers, order) => {
        const isHeard = (n: number): boolean => hearers.some(({ ears }) => ears[n]);
        const processes = hearers.map((one, index) =>
          batchesOf(told, spaces, one, (n) => one.ears[n]! || (index === 0 && !isHeard(n)))
        );
        expectWhole(stored(processes, order), told);
      }
    ),
    { numRuns: 300 }
  );
});

it('stays that follow each other at once stay apart where one process brings them all, before or after what another one heard in part', () => {
  fc.assert(
    fc.property(
      fc.array(stay, { minLength: 2, maxLength: 3 }),
      steps,
      fc.tuple(hearer, hearer),
      turns,
      (stays, spaces, hearers, order) => {
        const told = stays.flatMap((some, index) => some.map(([name, member]): Told => [name, member, index]));
        const processes = hearers.map((one, index) =>
          index === 0
            ? [batchesOf(told, spaces, one, () => true).flat()]
            : batchesOf(told, spaces, one, (n) => one.from <= n && n < one.to)
        );
        expectWhole(stored(processes, order), told);
      }
    ),
    { numRuns: 300 }
  );
});
