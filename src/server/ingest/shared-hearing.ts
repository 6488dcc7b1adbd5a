import type { Span } from '../../cdr/spans';
import type { Listener } from '../../listener/listener';
import type { Sharing } from '../../store/sharing';
import { movedSpans, storeClockAhead } from './store-clock';

/** It is kept this often at most, however fast batches are stored. Milliseconds. */
const keepMs = 250;

export interface SharedHearingOptions {
  listener: Pick<Listener, 'heardSpans'>;
  /** Null while there is no store. */
  sharing: () => Sharing | null;
}

/**
 * Keeps for other processes that share the store in which stretches this one heard each PBX, as soon as all that it heard
 * there is stored: where it is killed, what they know of it is not old.
 */
export class SharedHearing {
  /** Epoch milliseconds by the clock of this machine. */
  private storedUntil = -Infinity;
  private keptAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: SharedHearingOptions) {}

  /** All that was heard before an instant is stored. */
  stored(until: number): void {
    this.storedUntil = until;
    if (this.options.sharing()?.isShared) {
      const waitMs = Math.max(0, this.keptAt + keepMs - performance.now());
      this.timer ??= setTimeout(() => void this.keep(), waitMs);
    }
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private async keep(): Promise<void> {
    this.timer = undefined;
    this.keptAt = performance.now();
    const sharing = this.options.sharing();
    const spans = spansBefore(this.options.listener.heardSpans, this.storedUntil);
    // Where it fails it is kept with what is stored next.
    await sharing?.keepHeard(movedSpans(spans, storeClockAhead(sharing))).catch(() => undefined);
  }
}

function spansBefore(spans: ReadonlyMap<string, readonly Span[]>, end: number): ReadonlyMap<string, readonly Span[]> {
  const before = (some: readonly Span[]): Span[] =>
    some.flatMap(([from, to]): Span[] => (from < end ? [[from, Math.min(to, end)]] : []));
  return new Map([...spans].map(([server, some]) => [server, before(some)]));
}
