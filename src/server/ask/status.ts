import type { FailureReason } from '../../amiws/amiws-socket';
import type { ConnectionState } from '../../amiws/keep-connected';
import type { Gap } from '../../cdr/gap';
import type { QueueDifference } from '../../cdr/queue-audit';
import type { ImportProgress } from '../../setup/import-progress';
import { listensToAmiws, pbxesOf, type PbxProblem } from '../../settings/pbx-settings';
import { isHeardByOthers, type StoreType } from '../../settings/store-settings';
import type { Removed } from '../ingest/retention';
import { sentence, type Sentence, type Text } from '../../sentences/sentence';
import { filesProblem } from '../files-problem';
import type { LeaseHolder } from '../../store/sharing';
import type { KnownServer } from '../ingest/servers-heard';
import type { Health } from '../sources/roles';

/** What the configuration page and the health check know of a data source. Times in epoch milliseconds. */
export interface Status {
  /** To amiws: `elsewhere` where only other Grafanas listen, `unused` where only PBXes are listened to. */
  connection: Omit<Connection, 'state'> & { state: Connection['state'] | 'unconfigured' | 'elsewhere' | 'unused' };
  /** To the AMI of PBXes, in the order of the settings. */
  pbxConnections: PbxConnection[];
  servers: readonly KnownServer[];
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
  /** Of files. */
  folder: string;
  /** What keeps the calls, and where. */
  store: { type: StoreType; place: Sentence };
  /** Why nothing can be stored, and what to do; null while it can. */
  storeError: Text | null;
  /** Why nothing can be read from the store, and what to do; null while it answers. */
  readError: Text | null;
  /** What this Grafana does with the store; null where it has it to itself, or can't reach it. */
  sharing: {
    role: 'writes' | 'stands by' | 'only answers';
    /** Who writes; null where nobody does now. */
    writer: LeaseHolder | null;
    /** Milliseconds that the clock of the database is ahead of ours; 0 where that is not known. */
    clockOffset: number;
  } | null;
  /** Why nothing can be kept in the data folder, and what that means; null where files can. */
  filesError: Sentence | null;
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

export interface Connection {
  state: 'connecting' | 'connected' | 'disconnected';
  since: number | null;
  reason: FailureReason | null;
  detail: Sentence | null;
}

/** Of one PBX; with a `problem` of its settings it is not tried. */
export interface PbxConnection extends Omit<Connection, 'state'> {
  server: string;
  state: Connection['state'] | 'unconfigured';
  problem: PbxProblem | null;
  /** The same for people: by its name, or by its place where it has none. */
  name: string;
  tls: boolean;
  /** When it said last that it is up, by our clock; null where it did not. */
  bootedAt: number | null;
}

const day = 86_400_000;
/** Whoever asks how things are waits no longer for a store that does not answer. Milliseconds. */
const readMs = 8_000;

export async function statusOf(source: Health): Promise<Status> {
  const end = AbortSignal.timeout(readMs);
  const [{ records, calls }, found, gone] = await Promise.all([
    counts(source, end),
    differences(source, end),
    lost(source, end),
  ]);
  const { state } = source;
  return {
    connection: amiwsConnection(source),
    pbxConnections: pbxConnections(source),
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
    folder: source.folder,
    store: { type: source.storeKind.type, place: source.storeKind.place },
    storeError: source.storeProblem,
    readError: 'error' in gone ? gone.error : null,
    sharing: sharingOf(source),
    filesError: await filesProblem(source.folder),
    derivation: source.derivationProgress,
    removed: source.removed,
    differences: found,
    lost: 'error' in gone ? [] : gone.gaps,
    keptLogs: await source.keptLogs(),
    imports: source.imports.progress,
  };
}

function amiwsConnection({ settings, state, isReconnecting }: Health): Status['connection'] {
  const found = connectionOf(state.connection, isReconnecting);
  return isHeardByOthers(settings.store)
    ? { ...found, state: 'elsewhere' }
    : !listensToAmiws(settings)
      ? { ...found, state: 'unused' }
      : settings.amiwsUrl === ''
        ? { ...found, state: 'unconfigured' }
        : found;
}

function pbxConnections({ settings, state, isReconnecting }: Health): PbxConnection[] {
  const pbxes = isHeardByOthers(settings.store) ? [] : pbxesOf(settings);
  return pbxes.map(({ server, tls, place, problem }) => {
    const found = connectionOf(state.direct.get(server) ?? null, isReconnecting);
    const name = server === '' ? `PBX ${place + 1}` : server;
    const bootedAt = state.bootedAt(server);
    return {
      ...found,
      server,
      name,
      tls,
      bootedAt,
      problem,
      ...(problem === null ? {} : { state: 'unconfigured' as const }),
    };
  });
}

function connectionOf(signal: ConnectionState | null, isReconnecting: boolean): Connection {
  return {
    state: isReconnecting ? 'connecting' : (signal?.state ?? 'connecting'),
    since: signal?.state === 'connected' ? signal.since : null,
    reason: signal?.state === 'disconnected' ? signal.reason : null,
    detail: signal?.state === 'disconnected' ? signal.detail : null,
  };
}

function sharingOf({ settings, sharing }: Health): Status['sharing'] {
  if (!sharing?.isShared) {
    return null;
  }
  const role = sharing.isHeld ? 'writes' : isHeardByOthers(settings.store) ? 'only answers' : 'stands by';
  return { role, writer: sharing.holder, clockOffset: sharing.clockOffset };
}

async function differences(source: Health, end: AbortSignal): Promise<QueueDifference[]> {
  const now = Date.now();
  return source.differences(now - day, now, end).catch(() => []);
}

/** A store that does not answer this answers nothing. */
async function lost(source: Health, end: AbortSignal): Promise<{ gaps: Gap[] } | { error: Text }> {
  const now = Date.now();
  try {
    const gaps = await source.gaps(now - 7 * day, now, end);
    return { gaps: gaps.filter(({ reason, filled }) => reason === 'lost' && !filled) };
  } catch (error) {
    return {
      error: end.aborted ? [sentence('store.no-answer', { seconds: readMs / 1000 })] : source.problemOf(error),
    };
  }
}

/** Of many calls they may take longer than anybody waits. */
async function counts(source: Health, end: AbortSignal): Promise<Pick<Status, 'records' | 'calls'>> {
  try {
    return await source.store.counts(end);
  } catch {
    return { records: null, calls: null };
  }
}
