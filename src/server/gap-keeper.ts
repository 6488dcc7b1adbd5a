import type { Gap, GapReason } from '../cdr/gap';
import { Hearing } from '../cdr/hearing';
import { KnownRestarts } from '../cdr/known-restarts';
import type { ServerNow } from '../cdr/server-now';
import type { Store } from '../store/store';

/** What a crash may take from the knowledge of when a PBX was last heard. Milliseconds. */
const rememberMs = 10_000;
const week = 7 * 86_400_000;

type GapStore = Pick<Store, 'addGap' | 'gaps' | 'addRestart' | 'restarts' | 'rememberHeard' | 'lastHeard'>;

export interface GapKeeperOptions {
  store: GapStore;
  /** Stores what has arrived; false while the store takes none. */
  flush: () => Promise<boolean>;
  onFailed: (error: unknown) => void;
}

/** Stores every stretch in which a PBX could not be heard, and each restart of a PBX. Times in epoch milliseconds. */
export class GapKeeper {
  private readonly timer = setInterval(() => void this.remember(), rememberMs);

  private constructor(
    private readonly options: GapKeeperOptions,
    private readonly hearing: Hearing,
    private readonly restarts: KnownRestarts
  ) {}

  static async open(options: GapKeeperOptions): Promise<GapKeeper> {
    const { store } = options;
    const known = await store.restarts(Date.now() - 52 * week, Number.MAX_SAFE_INTEGER);
    return new GapKeeper(options, new Hearing(await store.lastHeard()), new KnownRestarts(known));
  }

  heard(server: string, at: number): void {
    const isNew = !this.hearing.knows(server);
    const gap = this.hearing.heard(server, at);
    if (isNew) {
      void this.remember();
    }
    if (gap) {
      this.options.store.addGap(gap).catch(this.options.onFailed);
    }
  }

  lost(server: string, reason: GapReason): void {
    this.hearing.lost(server, reason);
  }

  /** `FullyBooted` of a PBX: amiws has just logged in, so before it the PBX was not heard. */
  booted(server: string, fields: Readonly<Record<string, string>>, at: number): void {
    this.hearing.lost(server, 'silent');
    const restart = this.restarts.booted(server, fields, at);
    if (restart) {
      this.options.store.addRestart(restart).catch(this.options.onFailed);
    }
  }

  async gaps(from: number, to: number): Promise<Gap[]> {
    const open = this.hearing.open(Date.now()).filter(({ startTime }) => startTime < to && Date.now() > from);
    return [...(await this.options.store.gaps(from, to)), ...open];
  }

  serversNow(): Array<Omit<ServerNow, 'clockOffset'>> {
    return this.hearing.serversNow(Date.now());
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.hearing.stop(Date.now());
    await this.remember();
  }

  /** All that was heard before is stored before it is remembered as heard. */
  private async remember(): Promise<void> {
    const heard = this.hearing.lastHeard;
    try {
      if (heard.size > 0 && (await this.options.flush())) {
        await this.options.store.rememberHeard(heard);
      }
    } catch (error) {
      this.options.onFailed(error);
    }
  }
}
