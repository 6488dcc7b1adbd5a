import type { Logger } from '../../plugin-protocol/log';
import { isHolder, type HolderWrites, type SharedStore } from '../../store/store';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Our clock may be set right by so much between two steps. */
const clockTolerance = minute;
/** Days of history that one step removes at most. */
const daysAtOnce = 7;

type RetentionStore = Pick<SharedStore, 'counts' | 'sharing'>;

/** What was removed last, since it was kept long enough. Epoch milliseconds. */
export interface Removed {
  at: number;
  records: number;
  /** What began before. */
  before: number;
}

export interface RetentionOptions {
  /** Days that records are kept; 0 keeps all. */
  days: () => number;
  /** The newest instant that a PBX named in this run; null while none was heard. */
  pbxTime: () => number | null;
  run: <T>(task: (store: RetentionStore) => Promise<T>) => Promise<T>;
  log: Logger;
}

/**
 * Removes what was kept long enough, by a clock that two agree on: what is removed by a clock that is wrong can't be
 * brought back. Each hour, for the first time an hour after the start, it removes seven days of history at most, and
 * nothing in an hour in which our clock was set, or before a PBX has named its time. Of processes that share a store, one does.
 */
export class Retention {
  removed: Removed | null = null;
  private clock = { wall: Date.now(), steady: performance.now() };
  private readonly timer = setInterval(() => void this.step(), hour);

  constructor(private readonly options: RetentionOptions) {
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async step(): Promise<void> {
    const { days, run, log } = this.options;
    const now = this.confirmedNow();
    if (days() === 0 || now === null) {
      return;
    }
    const limit = now - days() * day;
    try {
      const removed = await run(async (store) => (isHolder(store) ? removeOldest(store, limit) : null));
      if (removed && removed.records > 0) {
        this.removed = { at: Date.now(), ...removed };
        log.info('Removed what was kept long enough', { ...removed, days: days() });
      }
    } catch (error) {
      log.warn('What was kept long enough could not be removed; it is tried again in an hour', {
        error: String(error),
      });
    }
  }

  /** Ours or the PBXes', whichever is behind; null when they do not confirm each other. */
  private confirmedNow(): number | null {
    const before = this.clock;
    this.clock = { wall: Date.now(), steady: performance.now() };
    const wasSet = this.clock.wall - before.wall - (this.clock.steady - before.steady);
    if (Math.abs(wasSet) > clockTolerance) {
      this.options.log.warn('Nothing is removed this hour: the clock was set', { seconds: Math.round(wasSet / 1000) });
      return null;
    }
    const pbxTime = this.options.pbxTime();
    return pbxTime === null ? null : Math.min(this.clock.wall, pbxTime);
  }
}

/** Removes the oldest days that hold something, up to a limit. */
async function removeOldest(
  store: RetentionStore & Pick<HolderWrites, 'removeBefore'>,
  limit: number
): Promise<{ records: number; before: number }> {
  let [records, before] = [0, 0];
  for (let step = 0; step < daysAtOnce && before < limit; step++) {
    const { firstTime } = await store.counts();
    before = firstTime === null ? limit : Math.min(limit, firstTime + day);
    records += await store.removeBefore(before);
  }
  return { records, before };
}
