import { callKey } from '../cdr/call-parts';
import type { QueueEvent } from '../cdr/queue-event';
import type { HeardEvent } from './merge-heard';

/** Events of which it is known that this process heard them: those of the last minutes. */
const mostHeard = 100_000;

/** What this process heard of each call, and with which times it is stored: also where another process stored it. */
export class HeardEvents {
  /** The call that was heard last stands last. */
  private readonly calls = new Map<string, HeardEvent[]>();
  private count = 0;

  /** Of the call that these events are of. */
  of([first]: readonly QueueEvent[]): readonly HeardEvent[] {
    return (first && this.calls.get(callKey(first))) ?? [];
  }

  /** Events of one call that are stored now. */
  note(heard: readonly HeardEvent[]): void {
    const [first] = heard;
    if (!first) {
      return;
    }
    const key = callKey(first.event);
    const known = this.calls.get(key) ?? [];
    this.calls.delete(key);
    this.calls.set(key, [...known, ...heard]);
    this.count += heard.length;
    for (const [oldest, { length }] of this.calls) {
      if (this.count <= mostHeard) {
        break;
      }
      this.calls.delete(oldest);
      this.count -= length;
    }
  }
}
