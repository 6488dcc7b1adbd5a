import type { Gap } from './gap';
import {
  counterKey,
  endedCounter,
  isReset,
  memberKey,
  readingFrom,
  type Fields,
  type QueueReading,
} from './queue-reading';

/** How much the counters of a queue, or of a member, grew from one reading to another. */
export interface AuditStretch {
  base: QueueReading;
  latest: QueueReading;
  completed: number;
  abandoned: number;
  /** True where talks in the member's other queues count in this one too (`shared_lastcall`). */
  ofAnyQueue: boolean;
}

/** What is stored of a queue, or of a member, in a stretch. */
export interface StoredCounts {
  /** Visits whose talk ended in it for sure, and those whose talk may have ended in it. */
  answeredLeast: number;
  answeredMost: number;
  abandonedLeast: number;
  abandonedMost: number;
  /** Visits among them that were told from records. */
  derived: number;
  /** AgentComplete and QueueCallerAbandon, with those near its ends. */
  completes: number;
  abandons: number;
}

/** Asterisk counted another number of visits in a queue than are stored. Times in epoch milliseconds. */
export interface QueueDifference {
  server: string;
  /** Empty where it is any of a member's. */
  queue: string;
  /** Empty where the queue as a whole differs. */
  agent: string;
  outcome: 'answered' | 'abandoned';
  /** How many more Asterisk counted; below 0 where it counted fewer. */
  more: number;
  startTime: number;
  endTime: number;
}

/** Others may ask for queues every second: readings nearer than this are one. Milliseconds. */
const nearest = 10_000;
/** Answers to one QueueStatus come within this time. Milliseconds. */
const oneAnswer = 60_000;
/** Queues and members that are audited at most. */
const mostCounters = 10_000;

interface Counter {
  /** From where on nothing is compared yet. */
  base: QueueReading;
  /** What was read last. */
  latest: QueueReading;
  /** When the member's last talk ended, as the PBX says: epoch seconds, 0 where there was none. */
  lastCall: number;
}

/**
 * Follows Asterisk's own counters of each queue and of each member, from the answers to QueueStatus. Counters that are
 * smaller than before were reset, and so were those of a member who left or was added in between: they are compared with
 * nothing, and a new stretch begins.
 */
export class QueueAudit {
  private readonly counters = new Map<string, Counter>();
  /** PBXes with `shared_lastcall`: they count a talk in every queue of its member. */
  private readonly sharing = new Set<string>();

  /** What a run before this one had compared up to. */
  recall(readings: readonly QueueReading[]): void {
    for (const base of readings) {
      const key = counterKey(base);
      const known = this.counters.get(key);
      if (!known) {
        this.counters.set(key, { base, latest: base, lastCall: 0 });
      } else if (known.base.at > base.at && !isReset(base, known.base)) {
        known.base = base;
      }
    }
  }

  /**
   * True when a new stretch begins with the event.
   *
   * @param at when it was by the PBX's clock, epoch milliseconds
   */
  hear(server: string, name: string, fields: Fields, at: number): boolean {
    const ended = endedCounter(server, name, fields);
    if (ended !== null) {
      this.counters.delete(ended);
      return false;
    }
    const reading = readingFrom(server, name, fields, at);
    if (reading === null) {
      return false;
    }
    const key = counterKey(reading);
    const known = this.counters.get(key);
    if (!known && this.counters.size >= mostCounters) {
      return false;
    }
    const lastCall = Number(fields.LastCall) || 0;
    if (!known || isReset(known.latest, reading)) {
      this.counters.set(key, { base: reading, latest: reading, lastCall });
      return true;
    }
    if (at - known.latest.at >= nearest) {
      known.latest = reading;
      known.lastCall = lastCall;
    }
    return false;
  }

  /**
   * What is not compared yet.
   *
   * @param settledUntil up to when all is stored that a PBX said, by its clock, epoch milliseconds
   */
  stretches(settledUntil: (server: string) => number): AuditStretch[] {
    const ready = [...this.counters.values()].filter(
      ({ base, latest }) => latest.at > base.at && latest.at <= settledUntil(base.server)
    );
    if (ready.length > 0) {
      this.learnSharing();
    }
    return ready.map(({ base, latest }) => ({
      base,
      latest,
      completed: latest.completed - base.completed,
      abandoned: latest.abandoned - base.abandoned,
      ofAnyQueue: base.interface !== '' && this.sharing.has(base.server),
    }));
  }

  /** Stretches are compared: the next ones begin where they ended, unless the counters were reset meanwhile. */
  compared(stretches: readonly AuditStretch[]): void {
    for (const { base, latest } of stretches) {
      const known = this.counters.get(counterKey(base));
      if (known?.base === base) {
        known.base = latest;
      }
    }
  }

  /** Up to where all is compared once stretches are. */
  basesAfter(stretches: readonly AuditStretch[]): QueueReading[] {
    const ends = new Map(stretches.map(({ base, latest }) => [base, latest]));
    return [...this.counters.values()].map(({ base }) => ends.get(base) ?? base);
  }

  /** A member's last talk ended in two queues at once where a talk counts in both. */
  private learnSharing(): void {
    const talked = [...this.counters.values()].filter(({ lastCall }) => lastCall > 0);
    const alike = Map.groupBy(talked, ({ latest, lastCall }) => `${memberKey(latest)} ${lastCall}`);
    for (const [one, ...others] of alike.values()) {
      if (one && others.some(({ latest }) => Math.abs(latest.at - one.latest.at) < oneAnswer)) {
        this.sharing.add(one.latest.server);
      }
    }
  }
}

/**
 * Where Asterisk and the store differ, whatever became of visits at the ends of the stretch. What was heard of Asterisk's
 * events counts for it too: it counts two talks that one member has at once as one.
 *
 * @param agent who the member is; empty for a queue
 */
export function differencesOf(stretch: AuditStretch, stored: StoredCounts, agent: string): QueueDifference[] {
  if (stored.derived > 0 && stored.completes + stored.abandons === 0) {
    // No queue events come: records come when calls end, and tell of queues what they can.
    return [];
  }
  const { base, latest, completed, abandoned } = stretch;
  const of = (outcome: QueueDifference['outcome'], more: number): QueueDifference[] => {
    const server = base.server;
    const queue = stretch.ofAnyQueue ? '' : base.queue;
    return more === 0 ? [] : [{ server, queue, agent, outcome, more, startTime: base.at, endTime: latest.at }];
  };
  return [
    ...of('answered', moreThan(completed, stored.completes, stored.answeredLeast, stored.answeredMost)),
    ...of('abandoned', moreThan(abandoned, stored.abandons, stored.abandonedLeast, stored.abandonedMost)),
  ];
}

/**
 * Stretches with who the member is, empty for a queue. Members who took no call need no look, and two interfaces of one agent
 * in a queue can't be told apart by the agent. Where a talk counts in all queues of its member, one of them says it.
 */
export function comparable(
  stretches: readonly AuditStretch[],
  agentOf: (memberInterface: string) => string
): Array<{ stretch: AuditStretch; agent: string }> {
  const named = stretches.map((stretch) => ({
    stretch,
    agent: stretch.base.interface === '' ? '' : agentOf(stretch.base.interface),
  }));
  const key = ({ stretch: { base }, agent }: (typeof named)[number]) =>
    JSON.stringify([base.server, base.queue, agent]);
  const alike = Map.groupBy(named, key);
  const growing = named.filter(
    (one) => one.agent === '' || (one.stretch.completed > 0 && alike.get(key(one))!.length === 1)
  );
  const largest = new Map<string, AuditStretch>();
  for (const { stretch } of growing.filter((one) => one.stretch.ofAnyQueue)) {
    const known = largest.get(memberKey(stretch.base));
    largest.set(memberKey(stretch.base), known && known.completed >= stretch.completed ? known : stretch);
  }
  return growing.filter(({ stretch }) => !stretch.ofAnyQueue || largest.get(memberKey(stretch.base)) === stretch);
}

/** Without those whose PBX has a gap in that time which was filled in since: what was found before says nothing any more. */
export function notFilled(differences: readonly QueueDifference[], gaps: readonly Gap[]): QueueDifference[] {
  return differences.filter(
    ({ server, startTime, endTime }) =>
      !gaps.some(
        (gap) =>
          gap.filled === true &&
          gap.server === server &&
          gap.startTime < endTime &&
          (gap.endTime ?? endTime) > startTime
      )
  );
}

function moreThan(growth: number, heard: number, least: number, most: number): number {
  return Math.max(0, growth - Math.max(most, heard)) + Math.min(0, Math.max(growth, heard) - least);
}
