import type { Gap } from './gap';
import type { CdrRecord } from './record';

/** Events at the end of a channel or of a visit to a queue, which a record follows. */
const endings: ReadonlySet<string> = new Set(['Hangup', 'AgentComplete', 'QueueCallerAbandon']);
/** A PBX may keep its records back, by default for five minutes (cdr.conf, `batch` and `time`). Milliseconds. */
const patience = 600_000;
/** Channels may end without a record, such as those that a dial plan takes out; not so many in a row. */
const enoughEndings = 10;

interface Event {
  server: string;
  name: string;
  at: number;
}

interface Waiting {
  /** When the first call ended since the last record. */
  since: number;
  endings: number;
}

/**
 * Notices PBXes whose calls end without a record: the AMI user lacks the read class `cdr`, or cdr_manager is off. Times in
 * epoch milliseconds.
 */
export class RecordSilence {
  private readonly waiting = new Map<string, Waiting>();

  /** An event, with the record that it is, if it is one; the gap that it ends. The late record of an old call ends none. */
  see({ server, name, at }: Event, record: Pick<CdrRecord, 'startTime' | 'endTime'> | undefined): Gap | null {
    if (record) {
      return this.forget(server, record.endTime ?? record.startTime ?? at);
    }
    if (endings.has(name)) {
      const known = this.waiting.get(server);
      this.waiting.set(server, { since: known?.since ?? at, endings: (known?.endings ?? 0) + 1 });
    }
    return null;
  }

  /** A PBX is not heard any more, or listening ends; the gap that lasted until then. */
  forget(server: string, at: number): Gap | null {
    const gap = this.gapOf(server, at);
    this.waiting.delete(server);
    return gap && { ...gap, endTime: at };
  }

  /** Gaps that go on. */
  open(now: number): Gap[] {
    return [...this.waiting.keys()].flatMap((server) => this.gapOf(server, now) ?? []);
  }

  private gapOf(server: string, now: number): Gap | null {
    const known = this.waiting.get(server);
    return known && known.endings >= enoughEndings && now - known.since > patience
      ? { server, startTime: known.since, endTime: null, reason: 'unrecorded' }
      : null;
  }
}
