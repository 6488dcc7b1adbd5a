import type { Gap } from './gap';

/** What a PBX says of a queue since its counters began: `QueueParams`, Completed and Abandoned. Epoch milliseconds. */
export interface QueueReading {
  server: string;
  queue: string;
  completed: number;
  abandoned: number;
  at: number;
}

/** How much the counters of a queue grew from one reading to another. */
export interface AuditStretch {
  base: QueueReading;
  latest: QueueReading;
  completed: number;
  abandoned: number;
}

/** What is stored of a queue in a stretch. */
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
  queue: string;
  outcome: 'answered' | 'abandoned';
  /** How many more Asterisk counted; below 0 where it counted fewer. */
  more: number;
  startTime: number;
  endTime: number;
}

type Fields = Readonly<Record<string, string>>;

/** Others may ask for queues every second: readings nearer than this are one. Milliseconds. */
const nearest = 10_000;
/** Queues that are audited at most. */
const mostQueues = 10_000;

/**
 * Follows Asterisk's own counters of each queue, from the answers to QueueStatus. Counters that are smaller than before
 * were reset: they are compared with nothing, and a new stretch begins.
 */
export class QueueAudit {
  /** By server and queue: from where on nothing is compared yet, and what was read last. */
  private readonly queues = new Map<string, { base: QueueReading; latest: QueueReading }>();

  /** What a run before this one had compared up to. */
  recall(readings: readonly QueueReading[]): void {
    for (const base of readings) {
      const key = keyOf(base);
      const known = this.queues.get(key);
      if (!known) {
        this.queues.set(key, { base, latest: base });
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
    const reading = name === 'QueueParams' ? readingFrom(server, fields, at) : null;
    if (reading === null) {
      return false;
    }
    const key = keyOf(reading);
    const known = this.queues.get(key);
    if (!known && this.queues.size >= mostQueues) {
      return false;
    }
    if (!known || isReset(known.latest, reading)) {
      this.queues.set(key, { base: reading, latest: reading });
      return true;
    }
    if (at - known.latest.at >= nearest) {
      known.latest = reading;
    }
    return false;
  }

  /**
   * What is not compared yet.
   *
   * @param settledUntil up to when all is stored that a PBX said, by its clock, epoch milliseconds
   */
  stretches(settledUntil: (server: string) => number): AuditStretch[] {
    return [...this.queues.values()]
      .filter(({ base, latest }) => latest.at > base.at && latest.at <= settledUntil(base.server))
      .map(({ base, latest }) => ({
        base,
        latest,
        completed: latest.completed - base.completed,
        abandoned: latest.abandoned - base.abandoned,
      }));
  }

  /** Stretches are compared: the next ones begin where they ended, unless the counters were reset meanwhile. */
  compared(stretches: readonly AuditStretch[]): void {
    for (const { base, latest } of stretches) {
      const known = this.queues.get(keyOf(base));
      if (known?.base === base) {
        known.base = latest;
      }
    }
  }

  /** Up to where all is compared once stretches are. */
  basesAfter(stretches: readonly AuditStretch[]): QueueReading[] {
    const ends = new Map(stretches.map(({ base, latest }) => [base, latest]));
    return [...this.queues.values()].map(({ base }) => ends.get(base) ?? base);
  }
}

/**
 * Where Asterisk and the store differ, whatever became of visits at the ends of the stretch. What was heard of Asterisk's
 * events counts for it too: it counts two talks that one member has at once as one.
 */
export function differencesOf(stretch: AuditStretch, stored: StoredCounts): QueueDifference[] {
  if (stored.derived > 0 && stored.completes + stored.abandons === 0) {
    // No queue events come: records come when calls end, and tell of queues what they can.
    return [];
  }
  const { base, latest, completed, abandoned } = stretch;
  const of = (outcome: QueueDifference['outcome'], more: number): QueueDifference[] => {
    const { server, queue } = base;
    return more === 0 ? [] : [{ server, queue, outcome, more, startTime: base.at, endTime: latest.at }];
  };
  return [
    ...of('answered', moreThan(completed, stored.completes, stored.answeredLeast, stored.answeredMost)),
    ...of('abandoned', moreThan(abandoned, stored.abandons, stored.abandonedLeast, stored.abandonedMost)),
  ];
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

function readingFrom(server: string, fields: Fields, at: number): QueueReading | null {
  const { Queue: queue = '', Completed = '', Abandoned = '' } = fields;
  const isCount = (text: string): boolean => /^\d{1,9}$/.test(text);
  return queue !== '' && isCount(Completed) && isCount(Abandoned)
    ? { server, queue, completed: Number(Completed), abandoned: Number(Abandoned), at }
    : null;
}

function isReset(before: QueueReading, now: QueueReading): boolean {
  return now.completed < before.completed || now.abandoned < before.abandoned;
}

function keyOf({ server, queue }: QueueReading): string {
  return JSON.stringify([server, queue]);
}
