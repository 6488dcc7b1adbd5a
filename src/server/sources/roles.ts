import type { AmiwsState } from '../../amiws/amiws-state';
import type { AnswerSource } from '../../answers/answer-query';
import type { Gap } from '../../cdr/gap';
import type { QueueDifference } from '../../cdr/queue-audit';
import type { ServerNow } from '../../cdr/server-now';
import type { Text } from '../../sentences/sentence';
import type { CdrSettings } from '../../settings/settings';
import type { Sharing } from '../../store/sharing';
import type { SharedStore, StoreChange } from '../../store/store';
import type { Observable } from 'rxjs';
import type { NumberLookups } from '../ask/number-lookups';
import type { ExportProgresses } from '../export/export-progresses';
import type { LiveChannels } from '../live/live-channels';
import type { LivePasses } from '../live/live-passes';
import type { Removed } from '../ingest/retention';
import type { KnownServer } from '../ingest/servers-heard';
import type { Imports } from './imports';
import type { SeenOnWire } from './seen-on-wire';
import type { StoreKind } from './store-kind';

/** What a data source is to each of those who deal with it. */

/** Who may see telephone numbers, and look for them; what fails is explained. */
export interface Guarded {
  readonly settings: CdrSettings;
  readonly lookups: NumberLookups;
  /** What is wrong with the store, and what to do, from an error that it gave. */
  problemOf(error: unknown): Text;
}

/** Answers questions on what is stored and on what goes on. */
export interface Answering extends Guarded {
  readonly answers: AnswerSource;
  /** Why the store takes nothing, and what to do; null while it does. */
  readonly storeProblem: Text | null;
  /** Records and events that wait in memory. */
  readonly waiting: number;
  readonly state: AmiwsState;
  serversNow(): ServerNow[];
}

/** Tells as it happens. */
export interface LiveFeed extends Guarded {
  readonly answers: AnswerSource;
  /** What changes in the store; completes when the data source stops, or when its settings make other answers. */
  readonly changes: Observable<StoreChange>;
  /** Ticks when a queue's board has changed. */
  readonly boardChanges: Observable<void>;
  /** Live channels that run. */
  readonly liveChannels: LiveChannels;
  readonly livePasses: LivePasses;
}

/** Gives all rows of a selection. */
export interface Exporting {
  /** @throws Error with what is wrong while the store can't be opened */
  readonly store: SharedStore;
  readonly answers: AnswerSource;
  readonly exports: ExportProgresses;
}

/** Says how it fares. */
export interface Health {
  problemOf(error: unknown): Text;
  readonly settings: CdrSettings;
  readonly state: AmiwsState;
  /** PBXes that are heard, and those that were. */
  readonly servers: readonly KnownServer[];
  /** True while one connection to amiws is about to take the place of another. */
  readonly isReconnecting: boolean;
  readonly badFrames: Readonly<Record<string, number>>;
  /** Records and events that were dropped since the store took none. */
  readonly dropped: number;
  readonly waiting: number;
  /** @throws Error with what is wrong while the store can't be opened */
  readonly store: SharedStore;
  /** Null while the store can't be opened. */
  readonly sharing: Sharing | null;
  /** Of files. */
  readonly folder: string;
  readonly storeKind: Pick<StoreKind, 'type' | 'place'>;
  readonly storeProblem: Text | null;
  /** How many of how many stored calls are derived again; null when history is as the settings say. */
  readonly derivationProgress: { done: number; total: number } | null;
  /** What was removed last since it was kept long enough; null while nothing was in this run. */
  readonly removed: Removed | null;
  readonly imports: Imports;
  /** Gaps that touch a range, those that were filled in marked. Epoch milliseconds. */
  gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]>;
  /** Names of files beside the store: its logs that were damaged, as they were found, the newest last. */
  keptLogs(): Promise<string[]>;
  /** Where Asterisk counted other visits than are stored, in stretches that touch a range. Epoch milliseconds. */
  differences(from: number, to: number, signal?: AbortSignal): Promise<QueueDifference[]>;
  /** Tries amiws at once where it is waited to try it again. */
  tryNow(): void;
}

/** What the configuration page looks at and starts. */
export interface Configured extends Health {
  readonly seen: SeenOnWire;
  /** How many agents a PBX has named. */
  namesOf(server: string): number;
  /**
   * A PBX was taken out of service. False while it is heard, be it by another process that shares the store.
   * @throws Error where that can't be stored
   */
  forgetServer(server: string): Promise<boolean>;
}

/** All that the browser part asks for by path. */
export type Asked = Guarded & Exporting & Configured & LiveFeed;
