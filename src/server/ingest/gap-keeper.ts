import type { Gap } from '../../cdr/gap';
import type { Restart } from '../../cdr/restart';
import { spansBetween, type Span } from '../../cdr/spans';
import type { Listener } from '../../listener/listener';
import { isHolder, type HolderWrites, type SharedStore } from '../../store/store';
import { goneOf, HeardElsewhere, type HeardByOthers } from './heard-elsewhere';
import { movedStretch, movedSpans, movedTimes, storeClockAhead } from './store-clock';

/** What a crash may take from the knowledge of when a PBX was last heard. Milliseconds. */
const rememberMs = 10_000;
const week = 7 * 86_400_000;
/** A process that runs on has stored the gaps that ended before. Milliseconds. */
const recentMs = 300_000;

type GapStore = Pick<SharedStore, 'addGap' | 'gaps' | 'addRestart' | 'restarts' | 'lastHeard' | 'clocks' | 'sharing'>;

export interface GapKeeperOptions {
  listener: Pick<Listener, 'recall' | 'lastHeard' | 'heardSpans' | 'openGaps' | 'clocks'>;
  /** Throws while there is no store. */
  store: () => GapStore;
  /** A PBX was taken out of service then, by our clock: that another process was asked for. */
  forget: (server: string, at: number) => void;
  /** Writes as soon as the store takes it. */
  put: (write: (store: GapStore) => Promise<void>) => void;
  /** Stores what has arrived; false while the store takes none. */
  flush: () => Promise<boolean>;
}

/**
 * Stores every stretch in which a PBX could not be heard, and each restart of a PBX. Where several processes share the
 * store, each says when it heard which PBX, and only what none of them heard is a gap. Times in epoch milliseconds: those of
 * the listener are by the clock of this machine, those in the store by the clock of the store.
 */
export class GapKeeper {
  private readonly timer = setInterval(() => void this.remember(), rememberMs);
  private isRecalled = false;
  /** When another store took the place of the one before; null once the gap that this leaves in it is known. */
  private movedAt: number | null = null;
  /** What of the clocks is kept. */
  private lessons = 0;
  /** What was dropped of each PBX and is not stored as a gap yet. */
  private readonly dropped = new Map<string, Gap>();
  private readonly elsewhere = new HeardElsewhere();

  constructor(private readonly options: GapKeeperOptions) {}

  /** Gives the listener what a run before this one knew, as soon as there is a store. */
  async recall(): Promise<void> {
    if (this.isRecalled) {
      await this.markMove();
      return;
    }
    const store = this.options.store();
    const restarts = await store.restarts(Date.now() - 52 * week, Number.MAX_SAFE_INTEGER);
    const byOthers = await store.sharing.heardByOthers(0, Number.MAX_SAFE_INTEGER);
    const known = latestOf(await store.lastHeard(), byOthers);
    const forgotten = await store.sharing.forgotten();
    goneOf(known, forgotten).forEach((_, server) => known.delete(server));
    this.elsewhere.see(byOthers, storeClockAhead(store.sharing));
    this.elsewhere.forget(forgotten);
    const heard = movedTimes(known, -storeClockAhead(store.sharing));
    const clocks = await store.clocks();
    if (!this.isRecalled) {
      this.isRecalled = true;
      this.movedAt = null;
      this.options.listener.recall({ heard, restarts, clocks });
      this.recallUnheard(byOthers, known, Date.now() + storeClockAhead(store.sharing));
    }
  }

  /** Another store takes all that is heard from now on. */
  moved(now: number): void {
    this.movedAt = now;
  }

  add(gap: Gap): void {
    this.options.put((store) => this.elsewhere.add(store, movedStretch(gap, storeClockAhead(store.sharing))));
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
    const store = this.options.store();
    const ahead = storeClockAhead(store.sharing);
    const now = Date.now() + ahead;
    const dropped = [...this.dropped.values()].filter(
      ({ startTime, endTime }) => startTime < to && (endTime ?? now) > from
    );
    const open = this.options.listener.openGaps(from - ahead, to - ahead, now - ahead);
    const unstored = await this.elsewhere.unheard(
      store,
      open.map((gap) => movedStretch(gap, ahead)),
      now
    );
    return [
      ...(await store.gaps(from, to, signal)),
      ...unstored.filter(({ startTime, endTime }) => startTime < to && (endTime ?? now) > from),
      ...dropped,
    ];
  }

  /** Reads what other processes heard until now. @throws Error while there is no store, or it can't be read */
  lookElsewhere(now: number): Promise<void> {
    const store = this.options.store();
    return this.elsewhere.look(store, now + storeClockAhead(store.sharing));
  }

  /** PBXes that other processes heard. */
  heardElsewhere(now: number): ReadonlyMap<string, HeardByOthers> {
    return this.elsewhere.heard(now);
  }

  /** All that was heard before is stored before it is remembered as heard, and so is what was dropped. */
  async remember(): Promise<void> {
    const heard = this.options.listener.lastHeard;
    if ((await this.options.flush()) && (await this.isRecalledNow())) {
      this.putHeard(heard);
    }
  }

  /** Until when each PBX was heard goes behind all that it said; resolves when it stands there, not when it is stored. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    // Of a store that can't be read, what a run before this one knew still stands.
    if (await this.isRecalledNow()) {
      this.putHeard(this.options.listener.lastHeard, true);
    }
  }

  /** In a store that was used before, all that others took meanwhile is missing. */
  private async markMove(): Promise<void> {
    const { movedAt } = this;
    if (movedAt === null) {
      return;
    }
    const heard = await this.options.store().lastHeard();
    this.movedAt = null;
    for (const [server, startTime] of heard) {
      if (startTime < movedAt) {
        this.add({ server, startTime, endTime: movedAt, reason: 'stopped' });
      }
    }
  }

  private putHeard(heard: ReadonlyMap<string, number>, isLast = false): void {
    this.dropped.forEach((gap) => this.add(gap));
    this.dropped.clear();
    const { heardSpans, clocks } = this.options.listener;
    this.options.put(async (store) => {
      const ahead = storeClockAhead(store.sharing);
      const known = new Map(movedTimes(heard, ahead));
      const forgotten = await store.sharing.forgotten();
      goneOf(known, forgotten).forEach((at, server) => {
        known.delete(server);
        this.options.forget(server, at - ahead);
      });
      await store.sharing.keepHeard(movedSpans(heardSpans, ahead));
      await this.elsewhere.store(store, Date.now() + ahead, isLast);
      this.elsewhere.forget(forgotten);
      if (isHolder(store)) {
        await store.rememberHeard(known);
        await this.keepClocks(store, clocks);
      } else {
        clocks.recall(await store.clocks());
      }
    });
  }

  /** A process that was killed soon after it heard a PBX again took with it what it knew of the gap before. */
  private recallUnheard(
    heard: ReadonlyMap<string, readonly Span[]>,
    servers: ReadonlyMap<string, number>,
    now: number
  ): void {
    for (const [server, spans] of heard) {
      for (const [startTime, endTime] of servers.has(server) ? spansBetween(spans) : []) {
        if (endTime > now - recentMs) {
          this.options.put((store) => this.elsewhere.add(store, { server, startTime, endTime, reason: 'stopped' }));
        }
      }
    }
  }

  private async keepClocks(
    store: Pick<HolderWrites, 'keepClocks'>,
    { lessons, seen }: Listener['clocks']
  ): Promise<void> {
    if (lessons !== this.lessons) {
      await store.keepClocks(seen);
      this.lessons = lessons;
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

function latestOf(
  heard: ReadonlyMap<string, number>,
  byOthers: ReadonlyMap<string, readonly Span[]>
): Map<string, number> {
  const latest = new Map(heard);
  byOthers.forEach((spans, server) =>
    spans.forEach(([, to]) => latest.set(server, Math.max(to, latest.get(server) ?? to)))
  );
  return latest;
}
