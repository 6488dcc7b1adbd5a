import path from 'node:path';
import { Subject, type Subscription } from 'rxjs';
import type { AmiwsState } from '../../amiws/amiws-state';
import { connectAmiws, type AmiwsSignal } from '../../amiws/connect-amiws';
import { nodeSocket } from '../../amiws/node-socket';
import { derivationOf, type Derivation } from '../../cdr/derivation';
import type { ServerNow } from '../../cdr/server-now';
import { isRecordProblem } from '../../cdr/record-from-fields';
import { Listener, type BadInputReason } from '../../listener/listener';
import type { Logger } from '../../plugin-protocol/log';
import type { AnswerSource } from '../../answers/answer-query';
import type { CdrSettings } from '../../settings/settings';
import { DuckDbEngine } from '../../store/duckdb/duckdb-engine';
import type { ChangedCall, Store, StoreChange } from '../../store/store';
import { storeName } from '../../store/store-name';
import { BadInput } from './bad-input';
import { amiwsOptions } from './amiws-options';
import { ExportProgresses } from '../export/export-progresses';
import { LiveChannels } from '../live/live-channels';
import { LivePasses } from '../live/live-passes';
import { GapKeeper } from '../ingest/gap-keeper';
import { Imports } from './imports';
import { NumberLookups } from '../ask/number-lookups';
import { openStore } from '../../store/duckdb/open-store';
import type { PluginMetrics } from '../plugin-metrics';
import { SeenOnWire } from './seen-on-wire';
import { storeProblem } from '../../store/duckdb/store-problem';
import { StoreWriter } from '../ingest/store-writer';
import type { Excess } from '../ingest/write-queue';

/** What goes on is looked at so often. Milliseconds. */
const tickMs = 1_000;
const hour = 3_600_000;
const day = 24 * hour;

export interface DataSourceConfig {
  /** Unique among data sources. */
  key: string;
  uid: string;
  settings: CdrSettings;
  secrets: Readonly<Record<string, string>>;
  /** Where imports may read CSV files; undefined for nowhere. */
  csvFolder: string | undefined;
}

/** One data source at work: its store, its connection to amiws, and what it has seen. */
export class DataSource {
  readonly exports = new ExportProgresses();
  readonly lookups: NumberLookups;
  readonly liveChannels = new LiveChannels();
  readonly livePasses = new LivePasses();
  readonly seen: SeenOnWire;
  /** What changes in the store, for live streams. */
  readonly changes = new Subject<StoreChange>();
  /** Ticks when a queue's board has changed. */
  readonly boardChanges = new Subject<void>();
  /** Records and events that were dropped since the store took none. */
  dropped = 0;
  /** How many of how many stored calls are derived again; null when history is as the settings say. */
  derivationProgress: { done: number; total: number } | null = null;
  private readonly listener: Listener;
  private readonly ticks = setInterval(() => this.listener.tick(Date.now()), tickMs);
  private readonly badInput: BadInput;
  private readonly writer: StoreWriter;
  private readonly gapKeeper: GapKeeper;
  readonly imports: Imports;
  private readonly retryNow = new Subject<void>();
  private connection: Subscription | null = null;
  private retention: NodeJS.Timeout | null = null;

  private constructor(
    private readonly config: DataSourceConfig,
    readonly storeFolder: string,
    derivation: Derivation,
    private readonly metrics: PluginMetrics,
    private readonly log: Logger
  ) {
    this.seen = new SeenOnWire(config.settings);
    this.lookups = new NumberLookups(path.join(storeFolder, `${storeName(config.key)}.lookups.json`));
    this.badInput = new BadInput(log);
    this.writer = new StoreWriter({
      open: () => openStore(storeFolder, config.key, derivation, (notice) => log.warn(notice, { uid: config.uid })),
      onOpened: () => void this.opened(),
      onFailed: (error) => this.storeFailed(error),
      onStored: (changes) => this.stored(changes),
      onDropped: (excess) => this.drop(excess),
      describe: (error) => storeProblem(error).text,
      isFatal: DuckDbEngine.isFatal,
    });
    this.listener = new Listener(derivation, {
      event: (event, parts) => {
        this.seen.add(event, parts.records[0]);
        this.writer.add(parts);
      },
      gap: (gap) => this.gapKeeper.add(gap),
      restart: (restart) => this.gapKeeper.addRestart(restart),
      stretches: (stretches) => this.writer.put((store) => store.addStretches(stretches)),
      boardChanged: () => this.boardChanges.next(),
      serverFound: () => void this.gapKeeper.remember(),
      badInput: (reason, example) => this.countBadInput(reason, example),
    });
    this.gapKeeper = new GapKeeper({
      listener: this.listener,
      store: () => this.store,
      put: (write) => this.writer.put(write),
      flush: () => this.writer.flush(),
    });
    this.imports = new Imports({ ...config, derivation, clocks: this.listener.clocks, writer: this.writer, log });
  }

  /**
   * Listens from now on, whether the store can be opened or not: meanwhile what comes waits in memory.
   * @throws Error when a pattern of the settings does not compile
   */
  static async start(
    config: DataSourceConfig,
    folder: string,
    metrics: PluginMetrics,
    log: Logger
  ): Promise<DataSource> {
    const source = new DataSource(config, folder, derivationOf(config.settings), metrics, log);
    source.connect();
    await source.writer.open();
    return source;
  }

  /** @throws Error with what is wrong while the store can't be opened */
  get store(): Store {
    return this.writer.store;
  }

  /** Why the store takes nothing, and what to do; null while it does. */
  get storeProblem(): string | null {
    return this.writer.problem;
  }

  /** Records and events that wait in memory. */
  get waiting(): number {
    return this.writer.waiting;
  }

  get settings(): CdrSettings {
    return this.config.settings;
  }

  get answers(): AnswerSource {
    const { serviceLevelThreshold } = this.config.settings;
    const { writer } = this;
    return {
      get store() {
        return writer.store;
      },
      defaults: { serviceLevelThreshold, clocks: this.listener.clocks },
      queuesNow: () => this.listener.queuesNow(Date.now()),
      serversNow: () => this.serversNow(),
      gaps: async (from, to, signal) => this.imports.withFilled(await this.gapKeeper.gaps(from, to, signal)),
    };
  }

  serversNow(): ServerNow[] {
    return this.listener.serversNow(Date.now());
  }

  get state(): AmiwsState {
    return this.listener.state;
  }

  get badFrames(): Readonly<Record<string, number>> {
    return this.badInput.counts;
  }

  /** Tries amiws at once where it is waited to try it again. */
  tryNow(): void {
    this.retryNow.next();
  }

  async stop(): Promise<void> {
    this.connection?.unsubscribe();
    clearInterval(this.ticks);
    this.listener.stop(Date.now());
    if (this.retention) {
      clearInterval(this.retention);
    }
    // Until when each PBX was heard is noted first: what follows may take its time.
    const heardIsNoted = this.gapKeeper.close();
    await this.imports.close();
    await heardIsNoted;
    await this.writer.flush();
    this.badInput.close();
    this.changes.complete();
    this.boardChanges.complete();
    await this.writer.close();
  }

  private connect(): void {
    const { settings, secrets } = this.config;
    if (settings.amiwsUrl !== '') {
      const options = { ...amiwsOptions(settings, secrets, nodeSocket), retryNow: this.retryNow };
      this.connection = connectAmiws(settings.amiwsUrl, options).subscribe((signal) => this.hear(signal));
    }
  }

  private hear(signal: AmiwsSignal): void {
    const { uid } = this.config;
    this.listener.hear(signal);
    if (signal.kind === 'frame') {
      this.metrics.frames.inc({ uid, kind: signal.frame.kind });
    } else if (signal.kind === 'server') {
      this.metrics.serverUp.set({ uid, server: signal.server }, signal.state === 'up' ? 1 : 0);
    } else {
      this.metrics.connected.set({ uid }, signal.state === 'connected' ? 1 : 0);
      this.log.info('Connection to amiws', {
        uid,
        state: signal.state,
        reason: 'reason' in signal ? signal.reason : '',
      });
    }
  }

  private countBadInput(reason: BadInputReason, example: string): void {
    const { uid } = this.config;
    if (isRecordProblem(reason)) {
      this.metrics.recordProblems.inc({ uid, problem: reason });
    } else {
      this.metrics.badFrames.inc({ uid, reason });
    }
    this.badInput.add(reason, example);
  }

  private stored(changes: ChangedCall[]): void {
    const records = changes.flatMap((change) => change.freshRecords);
    this.metrics.recordsStored.inc({ uid: this.config.uid }, records.length);
  }

  private drop({ parts: { records, events }, writes }: Excess): void {
    const count = records.length + events.length + writes;
    this.dropped += count;
    this.metrics.dropped.inc({ uid: this.config.uid }, count);
    const now = Date.now();
    records.forEach(({ server, startTime, endTime }) =>
      this.gapKeeper.drop(server, startTime ?? endTime ?? now, endTime ?? startTime ?? now)
    );
    events.forEach(({ server, at }) => this.gapKeeper.drop(server, at, at));
  }

  private storeFailed(error: unknown): void {
    this.metrics.storeFailures.inc({ uid: this.config.uid });
    this.log.error('The store takes nothing; what comes is kept in memory and tried again', {
      uid: this.config.uid,
      problem: storeProblem(error).detail,
      waiting: this.writer.waiting,
    });
  }

  private async opened(): Promise<void> {
    this.store.changes.subscribe((change) => this.changes.next(change));
    await this.gapKeeper.recall().catch((error: unknown) => this.storeFailed(error));
    this.deriveAgain();
    this.keepRetention();
    this.imports.look();
  }

  private deriveAgain(): void {
    this.writer
      .run((store) => store.deriveAgain((done, total) => (this.derivationProgress = { done, total })))
      // Told already; it is tried again when the store is opened anew.
      .catch(() => undefined)
      .finally(() => (this.derivationProgress = null));
  }

  private keepRetention(): void {
    const { retentionDays } = this.config.settings;
    if (retentionDays === 0) {
      return;
    }
    const prune = (): void => {
      this.writer.run((store) => store.removeBefore(Date.now() - retentionDays * day)).catch(() => undefined);
    };
    prune();
    if (!this.retention) {
      this.retention = setInterval(prune, hour);
      this.retention.unref();
    }
  }
}
