import { asyncScheduler, Subject, throttleTime, type Subscription } from 'rxjs';
import { connectAmiws, type AmiwsSignal } from '../../amiws/connect-amiws';
import type { AmiEvent, AmiFrame } from '../../amiws/event';
import { EventReader } from '../../amiws/event-reader';
import { nodeSocket } from '../../amiws/node-socket';
import { AgentPresence } from '../../cdr/agent-presence';
import { QueueBoard } from '../../cdr/queue-board';
import { derivationOf, type Derivation } from '../../cdr/derivation';
import type { ServerNow } from '../../cdr/server-now';
import type { Logger } from '../../plugin-protocol/log';
import type { AnswerSource } from '../../answers/answer-query';
import type { CdrSettings } from '../../settings/settings';
import { DuckDbStore } from '../../store/duckdb/duckdb-store';
import type { ChangedCall, Store } from '../../store/store';
import { BadInput } from './bad-input';
import { amiwsOptions } from './amiws-options';
import { ExportProgresses } from '../export/export-progresses';
import { GapKeeper } from '../ingest/gap-keeper';
import { Imports } from './imports';
import { NumberLookups } from '../ask/number-lookups';
import { openStore } from '../../store/duckdb/open-store';
import type { PluginMetrics } from '../plugin-metrics';
import { SeenOnWire } from './seen-on-wire';
import { SourceState } from './source-state';
import { storeProblem } from '../../store/duckdb/store-problem';
import { StoreWriter } from '../ingest/store-writer';
import type { Excess } from '../ingest/write-queue';

/** Agents are looked at this often at most, however fast events come. Milliseconds. */
const presenceMs = 1_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface DataSourceConfig {
  /** Unique among data sources and fit for a file name. */
  name: string;
  uid: string;
  settings: CdrSettings;
  secrets: Readonly<Record<string, string>>;
  /** Where imports may read CSV files; undefined for nowhere. */
  csvFolder: string | undefined;
}

/** One data source at work: its store, its connection to amiws, and what it has seen. */
export class DataSource {
  readonly state = new SourceState();
  readonly exports = new ExportProgresses();
  readonly lookups = new NumberLookups();
  /** Live channels that run. */
  liveChannels = 0;
  readonly seen: SeenOnWire;
  /** Calls as they are stored, for live streams. */
  readonly changes = new Subject<ChangedCall[]>();
  /** Ticks when a queue's board has changed. */
  readonly boardChanges = new Subject<void>();
  private readonly board = new QueueBoard();
  private readonly presence = new AgentPresence();
  private readonly presenceTimer = setInterval(() => this.seeAgents(true), minute);
  private readonly badInput: BadInput;
  private readonly writer: StoreWriter;
  private readonly reader: EventReader;
  private readonly gapKeeper: GapKeeper;
  readonly imports: Imports;
  private readonly retryNow = new Subject<void>();
  private connection: Subscription | null = null;
  private retention: NodeJS.Timeout | null = null;
  private pbxOffset = 0;

  private constructor(
    private readonly config: DataSourceConfig,
    readonly storeFolder: string,
    private readonly derivation: Derivation,
    private readonly metrics: PluginMetrics,
    private readonly log: Logger
  ) {
    this.seen = new SeenOnWire(config.settings);
    this.badInput = new BadInput(log);
    this.writer = new StoreWriter({
      open: () => openStore(storeFolder, config.name, derivation),
      onOpened: () => void this.opened(),
      onFailed: (problem) => this.storeFailed(problem),
      onStored: (changes) => this.stored(changes),
      onDropped: (excess) => this.dropped(excess),
      describe: storeProblem,
      isFatal: DuckDbStore.isFatal,
    });
    this.gapKeeper = new GapKeeper({
      store: () => this.store,
      put: (write) => this.writer.put(write),
      flush: () => this.writer.flush(),
    });
    this.boardChanges
      .pipe(throttleTime(presenceMs, asyncScheduler, { leading: true, trailing: true }))
      .subscribe(() => this.seeAgents());
    this.reader = new EventReader({
      derivation,
      clockOffset: (server) => this.state.clockOffset(server),
      onProblem: (problem, event) => this.recordProblem(problem, event),
    });
    this.imports = new Imports({ ...config, derivation, writer: this.writer, log });
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
    const { serviceLevelThreshold, timeZone } = this.config.settings;
    const { writer } = this;
    return {
      get store() {
        return writer.store;
      },
      defaults: { serviceLevelThreshold, timeZone, pbxOffset: this.pbxOffset },
      queuesNow: () => this.board.rows(Date.now()),
      serversNow: () => this.serversNow(),
      gaps: async (from, to) => this.imports.withFilled(await this.gapKeeper.gaps(from, to)),
    };
  }

  serversNow(): ServerNow[] {
    return this.gapKeeper.serversNow().map((server) => ({
      ...server,
      clockOffset: this.state.clockOffsetSeconds(server.server),
    }));
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
    clearInterval(this.presenceTimer);
    this.seeAgents(true);
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
      this.connection = connectAmiws(settings.amiwsUrl, options).subscribe((signal) => this.take(signal));
    }
  }

  private take(signal: AmiwsSignal): void {
    if (signal.kind === 'frame') {
      try {
        this.takeFrame(signal.frame);
      } catch (error) {
        // One frame must not end the listening to all others.
        this.metrics.badFrames.inc({ uid: this.config.uid, reason: 'failed' });
        this.badInput.add('failed', `${String(error)} at ${JSON.stringify(signal.frame).slice(0, 400)}`);
      }
      return;
    }
    this.state.take(signal);
    const { uid } = this.config;
    if (signal.kind === 'server') {
      if (signal.state === 'down') {
        this.gapKeeper.lost(signal.server, this.state.isConnected ? 'silent' : 'disconnected');
        this.board.forget(signal.server);
        this.boardChanges.next();
      }
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

  private takeFrame(frame: AmiFrame): void {
    const { uid } = this.config;
    this.metrics.frames.inc({ uid, kind: frame.kind });
    if (frame.kind === 'bad') {
      this.metrics.badFrames.inc({ uid, reason: frame.reason });
      this.badInput.add(frame.reason, frame.excerpt);
      return;
    }
    if (frame.kind === 'event' && frame.name === 'FullyBooted') {
      this.gapKeeper.booted(frame.server, frame.fields, frame.at);
    }
    this.gapKeeper.heard(frame.server, Date.now());
    this.state.heard(frame);
    if (frame.kind === 'event') {
      const parts = this.reader.read(frame);
      this.seen.take(frame, parts.records[0]);
      this.gapKeeper.told(frame, parts.records[0]);
      this.writer.add(parts);
      if (this.board.take(frame.server, frame.name, frame.fields, frame.at)) {
        this.boardChanges.next();
      }
    }
  }

  /** Keeps how long agents were logged in; with `soFar`, also those whose shift goes on. */
  private seeAgents(soFar = false): void {
    const agents = this.board.agents(this.derivation.rules.agent);
    const told = this.presence.update(agents, Date.now(), (server) => this.reader.utcOffset(server), soFar);
    if (told.length > 0) {
      this.writer.put((store) => store.addStretches(told));
    }
  }

  private recordProblem(problem: string, event: AmiEvent): void {
    this.metrics.recordProblems.inc({ uid: this.config.uid, problem });
    this.badInput.add(problem, JSON.stringify(event.fields).slice(0, 400));
  }

  private stored(changes: ChangedCall[]): void {
    const records = changes.flatMap((change) => change.freshRecords);
    this.metrics.recordsStored.inc({ uid: this.config.uid }, records.length);
    this.pbxOffset = records.at(-1)?.utcOffset ?? this.pbxOffset;
    this.changes.next(changes);
  }

  private dropped({ parts: { records, events }, writes }: Excess): void {
    const count = records.length + events.length + writes;
    this.state.dropped += count;
    this.metrics.dropped.inc({ uid: this.config.uid }, count);
    const now = Date.now();
    records.forEach(({ server, startTime, endTime }) =>
      this.gapKeeper.drop(server, startTime ?? endTime ?? now, endTime ?? startTime ?? now)
    );
    events.forEach(({ server, at }) => this.gapKeeper.drop(server, at, at));
  }

  private storeFailed(problem: string): void {
    this.metrics.storeFailures.inc({ uid: this.config.uid });
    this.log.error('The store takes nothing; what comes is kept in memory and tried again', {
      uid: this.config.uid,
      problem,
      waiting: this.writer.waiting,
    });
  }

  private async opened(): Promise<void> {
    await this.gapKeeper.recall().catch((error: unknown) => this.storeFailed(storeProblem(error)));
    this.deriveAgain();
    this.keepRetention();
    this.imports.look();
  }

  private deriveAgain(): void {
    this.writer
      .run((store) => store.deriveAgain((done, total) => (this.state.derivation = { done, total })))
      // Told already; it is tried again when the store is opened anew.
      .catch(() => undefined)
      .finally(() => (this.state.derivation = null));
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
