import type { Gap } from '../../cdr/gap';
import type { Restart } from '../../cdr/restart';
import type { Listener } from '../../listener/listener';
import type { Store } from '../../store/store';

/** What a crash may take from the knowledge of when a PBX was last heard. Milliseconds. */
const rememberMs = 10_000;
const week = 7 * 86_400_000;

type GapStore = Pick<
  Store,
  'addGap' | 'gaps' | 'addRestart' | 'restarts' | 'rememberHeard' | 'lastHeard' | 'clocks' | 'keepClocks'
>;

export interface GapKeeperOptions {
  listener: Pick<Listener, 'recall' | 'lastHeard' | 'openGaps' | 'clocks'>;
  /** Throws while there is no store. */
  store: () => GapStore;
  /** Writes as soon as the store takes it. */
  put: (write: (store: GapStore) => Promise<void>) => void;
  /** Stores what has arrived; false while the store takes none. */
  flush: () => Promise<boolean>;
}

/** Stores every stretch in which a PBX could not be heard, and each restart of a PBX. Times in epoch milliseconds. */
export class GapKeeper {
  private readonly timer = setInterval(() => void this.remember(), rememberMs);
  private isRecalled = false;
  /** What of the clocks is kept. */
  private lessons = 0;
  /** What was dropped of each PBX and is not stored as a gap yet. */
  private readonly dropped = new Map<string, Gap>();

  constructor(private readonly options: GapKeeperOptions) {}

  /** Gives the listener what a run before this one knew, as soon as there is a store. */
  async recall(): Promise<void> {
    if (this.isRecalled) {
      return;
    }
    const store = this.options.store();
    const restarts = await store.restarts(Date.now() - 52 * week, Number.MAX_SAFE_INTEGER);
    const heard = await store.lastHeard();
    const clocks = await store.clocks();
    if (!this.isRecalled) {
      this.isRecalled = true;
      this.options.listener.recall({ heard, restarts, clocks });
    }
  }

  add(gap: Gap): void {
    this.options.put((store) => store.addGap(gap));
  }

  addRestart(restart: Restart): void {
    this.options.put((store) => store.addRestart(restart));
  }

  /** Of a PBX was dropped what happened from one instant to another. */
  drop(server: string, from: number, to: number): void {
    const known = this.dropped.get(server);
    this.dropped.set(server, {
      server,
      startTime: Math.min(from, known?.startTime ?? from),
      endTime: Math.max(to, known?.endTime ?? to),
      reason: 'dropped',
    });
  }

  async gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]> {
    const now = Date.now();
    const dropped = [...this.dropped.values()].filter(
      ({ startTime, endTime }) => startTime < to && (endTime ?? now) > from
    );
    return [
      ...(await this.options.store().gaps(from, to, signal)),
      ...this.options.listener.openGaps(from, to, now),
      ...dropped,
    ];
  }

  /** All that was heard before is stored before it is remembered as heard, and so is what was dropped. */
  async remember(): Promise<void> {
    const heard = this.options.listener.lastHeard;
    if (heard.size === 0 || !(await this.options.flush()) || !(await this.isRecalledNow())) {
      return;
    }
    this.putHeard(heard);
  }

  /** Until when each PBX was heard goes behind all that it said; resolves when it stands there, not when it is stored. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    // Of a store that can't be read, what a run before this one knew still stands.
    if (await this.isRecalledNow()) {
      this.putHeard(this.options.listener.lastHeard);
    }
  }

  private putHeard(heard: ReadonlyMap<string, number>): void {
    this.dropped.forEach((gap) => this.add(gap));
    this.dropped.clear();
    this.options.put((store) => store.rememberHeard(heard));
    const { lessons, seen } = this.options.listener.clocks;
    if (lessons !== this.lessons) {
      this.lessons = lessons;
      this.options.put((store) => store.keepClocks(seen));
    }
  }

  /** False while there is no store to recall from. */
  private isRecalledNow(): Promise<boolean> {
    return this.recall().then(
      () => true,
      () => false
    );
  }
}
