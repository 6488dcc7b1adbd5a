import { asyncScheduler, Subject, throttleTime, type Subscription } from 'rxjs';
import { connectAmiws, type AmiwsSignal } from '../amiws/connect-amiws';
import type { AmiEvent, AmiFrame } from '../amiws/event';
import { EventReader } from '../amiws/event-reader';
import { nodeSocket } from '../amiws/node-socket';
import { AgentPresence } from '../cdr/agent-presence';
import { QueueBoard } from '../cdr/queue-board';
import { derivationOf, type Derivation } from '../cdr/derivation';
import type { ServerNow } from '../cdr/server-now';
import type { Logger } from '../plugin-protocol/log';
import type { AnswerSource } from '../query/answer-query';
import type { CdrSettings } from '../query/settings';
import type { ChangedCall, Store } from '../store/store';
import { BadInput } from './bad-input';
import { amiwsOptions } from './amiws-options';
import { ExportProgresses } from './export-progresses';
import { GapKeeper } from './gap-keeper';
import { IngestBuffer } from './ingest-buffer';
import { NumberLookups } from './number-lookups';
import { openStore } from './open-store';
import type { PluginMetrics } from './plugin-metrics';
import { SeenOnWire } from './seen-on-wire';
import { SourceState } from './source-state';

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
  private readonly buffer: IngestBuffer;
  private readonly reader: EventReader;
  private gapKeeper!: GapKeeper;
  private connection: Subscription | null = null;
  private retention: NodeJS.Timeout | null = null;
  private pbxOffset = 0;

  private constructor(
    private readonly config: DataSourceConfig,
    readonly store: Store,
    readonly storeFolder: string,
    private readonly derivation: Derivation,
    private readonly metrics: PluginMetrics,
    private readonly log: Logger
  ) {
    this.seen = new SeenOnWire(config.settings);
    this.badInput = new BadInput(log);
    this.buffer = new IngestBuffer({
      write: (parts) => store.add(parts),
      onWritten: (changes) => this.written(changes),
      onFailed: (error) => this.storeFailed(error),
      onDropped: (count) => {
        this.state.dropped += count;
        metrics.dropped.inc({ uid: config.uid }, count);
      },
    });
    this.boardChanges
      .pipe(throttleTime(presenceMs, asyncScheduler, { leading: true, trailing: true }))
      .subscribe(() => this.seeAgents());
    this.reader = new EventReader({
      derivation,
      clockOffset: (server) => this.state.clockOffset(server),
      onProblem: (problem, event) => this.recordProblem(problem, event),
    });
  }

  /** @throws Error when the store can't be opened or a pattern of the settings does not compile */
  static async start(
    config: DataSourceConfig,
    folder: string,
    metrics: PluginMetrics,
    log: Logger
  ): Promise<DataSource> {
    const derivation = derivationOf(config.settings);
    const store = await openStore(folder, config.name, derivation);
    const source = new DataSource(config, store, folder, derivation, metrics, log);
    source.gapKeeper = await GapKeeper.open({
      store,
      flush: () => source.buffer.flush(),
      onFailed: (error) => source.storeFailed(error),
    });
    source.connect();
    source.deriveAgain();
    source.keepRetention();
    return source;
  }

  get settings(): CdrSettings {
    return this.config.settings;
  }

  get answers(): AnswerSource {
    const { serviceLevelThreshold, timeZone } = this.config.settings;
    return {
      store: this.store,
      defaults: { serviceLevelThreshold, timeZone, pbxOffset: this.pbxOffset },
      queuesNow: () => this.board.rows(Date.now()),
      serversNow: () => this.serversNow(),
      gaps: (from, to) => this.gapKeeper.gaps(from, to),
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

  async stop(): Promise<void> {
    this.connection?.unsubscribe();
    clearInterval(this.presenceTimer);
    this.seeAgents(true);
    if (this.retention) {
      clearInterval(this.retention);
    }
    await this.gapKeeper.close();
    await this.buffer.close();
    this.badInput.close();
    this.changes.complete();
    this.boardChanges.complete();
    await this.store.close();
  }

  private connect(): void {
    const { settings, secrets } = this.config;
    if (settings.amiwsUrl !== '') {
      this.connection = connectAmiws(settings.amiwsUrl, amiwsOptions(settings, secrets, nodeSocket)).subscribe(
        (signal) => this.take(signal)
      );
    }
  }

  private take(signal: AmiwsSignal): void {
    if (signal.kind === 'frame') {
      this.takeFrame(signal.frame);
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
      this.buffer.add(parts);
      if (this.board.take(frame.server, frame.name, frame.fields, frame.at)) {
        this.boardChanges.next();
      }
    }
  }

  /** Keeps how long agents were logged in; with `cut`, also those whose shift goes on. */
  private seeAgents(cut = false): void {
    const agents = this.board.agents(this.derivation.rules.agent);
    const ended = this.presence.update(agents, Date.now(), (server) => this.reader.utcOffset(server), cut);
    if (ended.length > 0) {
      this.store.addStretches(ended).catch((error: unknown) => this.storeFailed(error));
    }
  }

  private recordProblem(problem: string, event: AmiEvent): void {
    this.metrics.recordProblems.inc({ uid: this.config.uid, problem });
    this.badInput.add(problem, JSON.stringify(event.fields).slice(0, 400));
  }

  private written(changes: ChangedCall[]): void {
    this.state.storeError = null;
    const records = changes.flatMap((change) => change.freshRecords);
    this.metrics.recordsStored.inc({ uid: this.config.uid }, records.length);
    this.pbxOffset = records.at(-1)?.utcOffset ?? this.pbxOffset;
    this.changes.next(changes);
  }

  private storeFailed(error: unknown): void {
    this.state.storeError = error instanceof Error ? error.message : String(error);
    this.metrics.storeFailures.inc({ uid: this.config.uid });
    this.log.error('The store did not take a batch; it is kept in memory and tried again', {
      uid: this.config.uid,
      error: this.state.storeError,
    });
  }

  private deriveAgain(): void {
    this.store
      .deriveAgain((done, total) => (this.state.derivation = { done, total }))
      .catch((error: unknown) => this.storeFailed(error))
      .finally(() => (this.state.derivation = null));
  }

  private keepRetention(): void {
    const { retentionDays } = this.config.settings;
    if (retentionDays === 0) {
      return;
    }
    const prune = (): void => {
      this.store.removeBefore(Date.now() - retentionDays * day).catch((error: unknown) => this.storeFailed(error));
    };
    prune();
    this.retention = setInterval(prune, hour);
    this.retention.unref();
  }
}
