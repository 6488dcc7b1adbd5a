import { NEVER, type Observable } from 'rxjs';
import type { PbxBoard } from '../cdr/pbx-board';
import type { Span } from '../cdr/spans';

/** Who writes to a store. */
export interface LeaseHolder {
  /** What its Grafana is called, for people. */
  name: string;
  /** Since when, by the store's clock; epoch milliseconds. */
  since: number;
}

/**
 * What processes that share a store know of each other. One of them holds a lease: it stores what it hears at once,
 * imports, derives, compares and removes. The others store what it did not hear, some seconds later.
 */
export interface Sharing {
  /** False where no other process can open the store. */
  readonly isShared: boolean;
  /** True while this process holds the lease. */
  readonly isHeld: boolean;
  /** Each change of `isHeld`, until the store is closed. */
  readonly turns: Observable<boolean>;
  /** The store went back to what it was some time ago: what was stored last may be missing. */
  readonly rewinds: Observable<void>;
  /** Null where nobody holds the lease, or where it is not known. */
  readonly holder: LeaseHolder | null;
  /** Milliseconds that the store's clock is ahead of ours; 0 where that is not known. */
  readonly clockOffset: number;
  /** Milliseconds by which this process heard the last events later than others may have, since it stood still. */
  readonly lateness: number;
  /** Stretches in which other processes heard each PBX, as far as they touch a range. Epoch milliseconds. */
  heardByOthers(from: number, to: number): Promise<Map<string, Span[]>>;
  /** Keeps in which stretches this process heard each PBX: all that it heard there is stored. The last one may grow. */
  keepHeard(spans: ReadonlyMap<string, readonly Span[]>): Promise<void>;
  /**
   * Keeps the queues and calls of PBXes that this process hears as they are now, times by the clock of the store, where no
   * other process does. Gives the PBXes of which it keeps them now.
   */
  keepBoards(boards: ReadonlyMap<string, PbxBoard>): Promise<ReadonlySet<string>>;
  /** This process does not hear these PBXes any more. */
  dropBoards(servers: readonly string[]): Promise<void>;
  /** Queues and calls as other processes keep them now, by PBX. */
  boards(): Promise<ReadonlyMap<string, PbxBoard>>;
  /** A PBX was taken out of service: each process forgets it. @throws Error where that can't be stored */
  forget(server: string): Promise<void>;
  /** When PBXes were, by the clock of the store, epoch milliseconds. */
  forgotten(): Promise<ReadonlyMap<string, number>>;
}

/** Of a store that one process has to itself. */
export const alone: Sharing = {
  isShared: false,
  isHeld: true,
  turns: NEVER,
  rewinds: NEVER,
  holder: null,
  clockOffset: 0,
  lateness: 0,
  heardByOthers: async () => new Map(),
  keepHeard: async () => undefined,
  keepBoards: async () => new Set(),
  dropBoards: async () => undefined,
  boards: async () => new Map(),
  forget: async () => undefined,
  forgotten: async () => new Map(),
};
