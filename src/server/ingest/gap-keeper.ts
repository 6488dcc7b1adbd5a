import type { AmiEvent } from '../../amiws/event';
import type { Gap, GapReason } from '../../cdr/gap';
import { Hearing } from '../../cdr/hearing';
import { KnownRestarts } from '../../cdr/known-restarts';
import type { CdrRecord } from '../../cdr/record';
import { RecordSilence } from '../../cdr/record-silence';
import type { ServerNow } from '../../cdr/server-now';
import type { Store } from '../../store/store';

/** What a crash may take from the knowledge of when a PBX was last heard. Milliseconds. */
const rememberMs = 10_000;
const week = 7 * 86_400_000;

type GapStore = Pick<Store, 'addGap' | 'gaps' | 'addRestart' | 'restarts' | 'rememberHeard' | 'lastHeard'>;

export interface GapKeeperOptions {
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
  private readonly hearing = new Hearing(new Map());
  private readonly recordSilence = new RecordSilence();
  /** Null until the store is open. */
  private restarts: KnownRestarts | null = null;
  /** Starts that were told before. */
  private early: Array<() => void> = [];
  /** What was dropped of each PBX and is not stored as a gap yet. */
  private readonly dropped = new Map<string, Gap>();

  constructor(private readonly options: GapKeeperOptions) {}

  /** Takes in what a run before this one knew, as soon as there is a store. */
  async recall(): Promise<void> {
    if (this.restarts) {
      return;
    }
    const store = this.options.store();
    const known = await store.restarts(Date.now() - 52 * week, Number.MAX_SAFE_INTEGER);
    const before = await store.lastHeard();
    this.restarts = new KnownRestarts(known);
    this.early.forEach((booted) => booted());
    this.early = [];
    this.hearing.recall(before).forEach((gap) => this.options.put((open) => open.addGap(gap)));
  }

  heard(server: string, at: number): void {
    const isNew = !this.hearing.knows(server);
    const gap = this.hearing.heard(server, at);
    if (isNew) {
      void this.remember();
    }
    this.keep(gap);
  }

  /** An event of a PBX, with the record that it is, if it is one. */
  told(event: AmiEvent, record: CdrRecord | undefined): void {
    this.keep(this.recordSilence.take(event, record));
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

  lost(server: string, reason: GapReason): void {
    this.keep(this.recordSilence.forget(server, Date.now()));
    this.hearing.lost(server, reason);
  }

  /** `FullyBooted` of a PBX: amiws has just logged in, so before it the PBX was not heard. */
  booted(server: string, fields: Readonly<Record<string, string>>, at: number): void {
    this.hearing.lost(server, 'silent');
    if (!this.restarts) {
      this.early.push(() => this.started(server, fields, at));
      return;
    }
    this.started(server, fields, at);
  }

  async gaps(from: number, to: number): Promise<Gap[]> {
    const now = Date.now();
    const unstored = [...this.hearing.open(now), ...this.recordSilence.open(now), ...this.dropped.values()];
    const touched = unstored.filter(({ startTime, endTime }) => startTime < to && (endTime ?? now) > from);
    return [...(await this.options.store().gaps(from, to)), ...touched];
  }

  serversNow(): Array<Omit<ServerNow, 'clockOffset'>> {
    return this.hearing.serversNow(Date.now());
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    const now = Date.now();
    this.recordSilence.open(now).forEach(({ server }) => this.keep(this.recordSilence.forget(server, now)));
    this.hearing.stop(now);
    await this.remember();
  }

  private keep(gap: Gap | null): void {
    if (gap) {
      this.options.put((store) => store.addGap(gap));
    }
  }

  /** All that was heard before is stored before it is remembered as heard, and so is what was dropped. */
  private async remember(): Promise<void> {
    const heard = this.hearing.lastHeard;
    if (heard.size === 0 || !(await this.options.flush()) || !(await this.isRecalledNow())) {
      return;
    }
    this.dropped.forEach((gap) => this.options.put((store) => store.addGap(gap)));
    this.dropped.clear();
    this.options.put((store) => store.rememberHeard(heard));
  }

  private started(server: string, fields: Readonly<Record<string, string>>, at: number): void {
    const restart = this.restarts?.booted(server, fields, at);
    if (restart) {
      this.options.put((store) => store.addRestart(restart));
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
