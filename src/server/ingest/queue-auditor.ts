import type { AmiEvent } from '../../amiws/event';
import { pbxTime } from '../../amiws/event-time';
import { comparable, differencesOf, QueueAudit, type AuditStretch, type QueueDifference } from '../../cdr/queue-audit';
import type { Gap } from '../../cdr/gap';
import { isHolder, type SharedStore } from '../../store/store';

/** It is looked whether there is something to compare. Milliseconds. */
const lookMs = 2_000;
/** Others may ask for queues all the time: what they are told is compared this often at most. Milliseconds. */
const restMs = 300_000;
/** What happened near a reading comes a little later. Milliseconds. */
const settledMs = 5_000;

type AuditStore = Pick<SharedStore, 'queueCounts' | 'gaps' | 'readings' | 'sharing'>;

export interface QueueAuditorOptions {
  /** Who a member is, by its interface. */
  agentOf: (memberInterface: string) => string;
  /** Milliseconds that the clock of a PBX is ahead of ours. */
  clockOffset: (server: string) => number;
  /** Works on the store; throws while there is none. */
  run: <T>(task: (store: AuditStore) => Promise<T>) => Promise<T>;
  /** Stores what has arrived; false while the store takes none. */
  flush: () => Promise<boolean>;
  onFound: (difference: QueueDifference) => void;
  onFailed: (error: unknown) => void;
}

/** Compares what Asterisk counts in its queues and of their members with what is stored, and keeps where they differ. */
export class QueueAuditor {
  private audit = new QueueAudit();
  private readonly timer = setInterval(() => this.look(Date.now()), lookMs);
  /** True where a stretch has begun that is not kept. */
  private isBegun = false;
  private comparedAt = -Infinity;
  private isLooking = false;
  private looking: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: QueueAuditorOptions) {}

  hear(event: AmiEvent): void {
    const { server, name, fields } = event;
    const isBegun = this.audit.hear(server, name, fields, pbxTime(event, this.options.clockOffset(server)));
    this.isBegun ||= isBegun;
  }

  /** Goes on where a run before this one ended. */
  async recall(): Promise<void> {
    this.audit.recall(await this.options.run((store) => store.readings()));
  }

  /** Another process compared so far: goes on where it ended. */
  takeOver(): Promise<void> {
    this.audit = new QueueAudit();
    this.isBegun = false;
    return this.recall();
  }

  /** Compares nothing any more; resolves when nothing is under way. */
  close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    return this.looking;
  }

  private look(now: number): void {
    if (this.isLooking || now - this.comparedAt < restMs) {
      return;
    }
    const stretches = this.audit.stretches((server) => now + this.options.clockOffset(server) - settledMs);
    if (stretches.length > 0 || this.isBegun) {
      this.isLooking = true;
      this.looking = this.compareAll(stretches, now)
        .catch((error: unknown) => this.options.onFailed(error))
        .finally(() => (this.isLooking = false));
    }
  }

  private async compareAll(stretches: readonly AuditStretch[], now: number): Promise<void> {
    this.comparedAt = stretches.length > 0 ? now : this.comparedAt;
    await this.options.run(async (store) => {
      // Else another process compares.
      if (!isHolder(store) || !(await this.options.flush())) {
        return;
      }
      const found: QueueDifference[] = [];
      for (const { stretch, agent } of comparable(stretches, this.options.agentOf)) {
        if (this.isClosed) {
          return;
        }
        found.push(...(await compare(store, stretch, agent)));
      }
      this.isBegun = false;
      await store.keepAudit(this.audit.basesAfter(stretches), found);
      this.audit.compared(stretches);
      found.forEach((difference) => this.options.onFound(difference));
    });
  }
}

async function compare(store: AuditStore, stretch: AuditStretch, agent: string): Promise<QueueDifference[]> {
  const { base, latest } = stretch;
  const gaps = (await store.gaps(base.at, latest.at)).filter(({ server }) => server === base.server);
  return differencesOf(stretch, await store.queueCounts(stretch, unbrokenSince(gaps, base.at), agent), agent);
}

/** Since when the PBX was heard without a break. */
function unbrokenSince(gaps: readonly Gap[], from: number): number {
  return gaps.reduce((latest, { endTime }) => Math.max(latest, endTime ?? latest), from);
}
