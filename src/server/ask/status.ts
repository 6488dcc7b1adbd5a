import type { FailureReason } from '../../amiws/amiws-socket';
import type { ServerStatus } from '../../amiws/amiws-state';
import type { Gap } from '../../cdr/gap';
import type { QueueDifference } from '../../cdr/queue-audit';
import type { ImportProgress } from '../../setup/import-progress';
import type { StoreType } from '../../settings/store-settings';
import type { Removed } from '../ingest/retention';
import { filesProblem } from '../files-problem';
import type { Health } from '../sources/roles';

/** What the configuration page and the health check know of a data source. Times in epoch milliseconds. */
export interface Status {
  connection: {
    state: 'unconfigured' | 'connecting' | 'connected' | 'disconnected';
    since: number | null;
    reason: FailureReason | null;
    detail: string | null;
  };
  servers: readonly ServerStatus[];
  lastEventAt: number | null;
  /** Null while the store can't be read. */
  records: number | null;
  calls: number | null;
  frames: {
    decoded: number;
    recovered: number;
    bad: Readonly<Record<string, number>>;
    dropped: number;
    waiting: number;
  };
  /** What keeps the calls, and where. */
  store: { type: StoreType; place: string };
  storeError: string | null;
  /** Why nothing can be kept in the data folder, and what that means; null where files can. */
  filesError: string | null;
  derivation: { done: number; total: number } | null;
  /** What was removed last since it was kept long enough; null while nothing was in this run. */
  removed: Removed | null;
  /** Where Asterisk counted other visits than are stored, in the last 24 hours. */
  differences: readonly QueueDifference[];
  /** What was stored and is gone, of the last 7 days, but for what was filled in since. */
  lost: readonly Gap[];
  /** Files beside the store: its logs that were damaged, as they were found. */
  keptLogs: readonly string[];
  /** In the order of the settings; null where one was removed. */
  imports: Array<ImportProgress | null>;
}

const day = 86_400_000;

export async function statusOf(source: Health): Promise<Status> {
  const { state, isReconnecting } = source;
  const { records, calls } = await counts(source);
  const signal = state.connection;
  return {
    connection: {
      state:
        source.settings.amiwsUrl === ''
          ? 'unconfigured'
          : isReconnecting
            ? 'connecting'
            : (signal?.state ?? 'connecting'),
      since: signal?.state === 'connected' ? signal.since : null,
      reason: signal?.state === 'disconnected' ? signal.reason : null,
      detail: signal?.state === 'disconnected' ? signal.detail : null,
    },
    servers: source.servers,
    lastEventAt: state.lastEventAt,
    records,
    calls,
    frames: {
      decoded: state.decoded,
      recovered: state.recovered,
      bad: source.badFrames,
      dropped: source.dropped,
      waiting: source.waiting,
    },
    store: { type: source.storeKind.type, place: source.storeKind.place },
    storeError: source.storeProblem,
    filesError: await filesProblem(source.folder),
    derivation: source.derivationProgress,
    removed: source.removed,
    differences: await differences(source),
    lost: await lost(source),
    keptLogs: await source.keptLogs(),
    imports: source.imports.progress,
  };
}

async function differences(source: Health): Promise<QueueDifference[]> {
  const now = Date.now();
  return source.differences(now - day, now).catch(() => []);
}

async function lost(source: Health): Promise<Gap[]> {
  const now = Date.now();
  const gaps = await source.gaps(now - 7 * day, now).catch(() => []);
  return gaps.filter(({ reason, filled }) => reason === 'lost' && !filled);
}

async function counts(source: Health): Promise<Pick<Status, 'records' | 'calls'>> {
  try {
    return await source.store.counts();
  } catch {
    return { records: null, calls: null };
  }
}
