import path from 'node:path';
import { Subject } from 'rxjs';
import type { AmiwsState } from '../../amiws/amiws-state';
import type { AnswerSource } from '../../answers/answer-query';
import { readBusinessHours } from '../../cdr/business-hours';
import { derivationOf, type Derivation } from '../../cdr/derivation';
import { Directory } from '../../cdr/directory';
import type { Gap } from '../../cdr/gap';
import { notFilled, type QueueDifference } from '../../cdr/queue-audit';
import type { ServerNow } from '../../cdr/server-now';
import type { Logger } from '../../plugin-protocol/log';
import { sentence, type Text } from '../../sentences/sentence';
import type { CdrSettings } from '../../settings/settings';
import { settledWithin } from '../../store/duckdb/settled-within';
import type { Sharing } from '../../store/sharing';
import type { SharedStore, StoreChange } from '../../store/store';
import { storeName } from '../../store/store-name';
import { NumberLookups } from '../ask/number-lookups';
import { ExportProgresses } from '../export/export-progresses';
import { HistoryDeriver } from '../ingest/history-deriver';
import { Intake } from '../ingest/intake';
import type { KnownServer } from '../ingest/servers-heard';
import { LiveChannels } from '../live/live-channels';
import { LivePasses } from '../live/live-passes';
import { Retention, type Removed } from '../ingest/retention';
import type { PluginMetrics } from '../plugin-metrics';
import { Refusal } from '../refusal';
import { inPhases } from './in-phases';
import { Imports, type ImportsOptions } from './imports';
import type { Answering, Asked } from './roles';
import type { SeenOnWire } from './seen-on-wire';
import { answersKey, connectionKey, expectedServers, placesOf, storeKey, type DataSourceConfig } from './source-config';
import { storeKind, type StoreKind } from './store-kind';

/** How long a request waits for a store that is being opened, before it is told so. Milliseconds. */
const openMs = 10_000;

/** One data source at work: what it takes in, keeps and answers. Its settings change without an end of any of it. */
export class DataSource implements Answering, Asked {
  readonly exports = new ExportProgresses();
  readonly lookups: NumberLookups;
  readonly liveChannels = new LiveChannels();
  readonly livePasses = new LivePasses();
  changes = new Subject<StoreChange>();
  readonly boardChanges = new Subject<void>();
  readonly imports: Imports;
  private readonly ending = new AbortController();
  private readonly intake: Intake;
  private readonly retention: Retention;
  private readonly history: HistoryDeriver;
  private derivation: Derivation;
  private directory: Directory;
  private kind: StoreKind;

  private constructor(
    private config: DataSourceConfig,
    readonly folder: string,
    metrics: PluginMetrics,
    private readonly log: Logger
  ) {
    const { key, uid } = config;
    this.derivation = derivationOf(config.settings);
    this.kind = storeKind(config, folder, log);
    this.lookups = new NumberLookups(path.join(folder, `${storeName(key)}.lookups.json`));
    this.intake = new Intake({
      uid,
      derivation: this.derivation,
      open: (derivation) => this.kind.open(derivation),
      onOpened: () => this.opened(),
      onChange: (change) => this.changes.next(change),
      onBoardChanged: () => this.boardChanges.next(),
      problemOf: (error) => this.kind.problemOf(error),
      isFatal: (error) => this.kind.isFatal(error),
      isOfData: (error) => this.kind.isOfData(error),
      metrics,
      log,
    });
    this.directory = this.directoryOf(config);
    this.intake.listener.useWrapUpTimes(config.settings.wrapUpTimes);
    const { listener, writer, pbxTime } = this.intake;
    this.history = new HistoryDeriver({
      clocks: listener.clocks,
      run: (task) => writer.run(task),
      onFailed: (error) => log.warn('History is not derived again yet', { error: String(error) }),
    });
    this.imports = new Imports(this.importsOptions());
    this.retention = new Retention({
      days: () => this.config.settings.retentionDays,
      pbxTime: () => pbxTime.newest,
      run: (task) => writer.run(task),
      log,
    });
  }

  /**
   * Listens from now on, whether the store can be opened or not: meanwhile what comes waits in memory.
   * @throws Error when a pattern or a zone of the settings can't be used
   */
  static async start(
    config: DataSourceConfig,
    folder: string,
    metrics: PluginMetrics,
    log: Logger
  ): Promise<DataSource> {
    const source = new DataSource(config, folder, metrics, log);
    source.intake.expect(expectedServers(config));
    source.intake.listenTo(placesOf(config));
    await settledWithin(source.intake.writer.open(), openMs);
    return source;
  }

  /**
   * Goes by other settings from now on. Only what they change is touched, and nothing is missed meanwhile: what comes is
   * kept while the store is opened for other rules, and one connection stands until the next one hears.
   * @throws Error when a pattern or a zone of the settings can't be used; then all stays as it is
   */
  async change(config: DataSourceConfig): Promise<void> {
    const before = this.config;
    const derivation = derivationOf(config.settings);
    const isDerivedAlike = derivation.key === this.derivation.key;
    const isKeptAlike = storeKey(config) === storeKey(before);
    this.config = config;
    this.derivation = derivation;
    this.directory = this.directoryOf(config);
    this.intake.listener.useWrapUpTimes(config.settings.wrapUpTimes);
    this.intake.expect(expectedServers(config));
    if (connectionKey(config) !== connectionKey(before)) {
      this.intake.listenTo(placesOf(config));
    }
    if (!isKeptAlike) {
      this.kind = storeKind(config, this.folder, this.log);
      this.intake.gaps.moved(Date.now());
    }
    const opened = isDerivedAlike ? isKeptAlike || this.intake.writer.reopen() : this.intake.use(derivation);
    this.imports.use(this.importsOptions());
    if (answersKey(config) !== answersKey(before)) {
      this.endLive();
    }
    await settledWithin(Promise.resolve(opened), openMs);
    this.imports.look();
  }

  /** Aborted when the data source stops: questions, exports and streams end with it. */
  get ended(): AbortSignal {
    return this.ending.signal;
  }

  get uid(): string {
    return this.config.uid;
  }

  get store(): SharedStore {
    return this.intake.writer.store;
  }

  get sharing(): Sharing | null {
    return this.intake.writer.sharing;
  }

  get storeKind(): StoreKind {
    return this.kind;
  }

  get storeProblem(): Text | null {
    return this.intake.writer.problem;
  }

  problemOf(error: unknown): Text {
    return this.kind.problemOf(error).text;
  }

  get waiting(): number {
    return this.intake.writer.waiting;
  }

  get dropped(): number {
    return this.intake.dropped;
  }

  get derivationProgress(): { done: number; total: number } | null {
    return this.history.progress;
  }

  get removed(): Removed | null {
    return this.retention.removed;
  }

  get settings(): CdrSettings {
    return this.config.settings;
  }

  get servers(): KnownServer[] {
    return this.intake.servers;
  }

  namesOf(server: string): number {
    return this.intake.listener.names.count(server);
  }

  forgetServer(server: string): Promise<boolean> {
    return this.intake.forgetServer(server);
  }

  get state(): AmiwsState {
    return this.intake.listener.state;
  }

  get isReconnecting(): boolean {
    return this.intake.isChanging;
  }

  get seen(): SeenOnWire {
    return this.intake.seen;
  }

  get badFrames(): Readonly<Record<string, number>> {
    return this.intake.badInput.counts;
  }

  get answers(): AnswerSource {
    const { boards, listener, writer } = this.intake;
    const { serviceLevelThreshold, shortAbandonThreshold, businessHours, holidays } = this.settings;
    const { directory } = this;
    return {
      directory,
      get store() {
        return writer.store;
      },
      defaults: {
        serviceLevelThreshold,
        shortAbandonThreshold,
        clocks: listener.clocks,
        businessHours: readBusinessHours(businessHours, holidays),
      },
      boardNow: () => ({ ...boards.board, now: Date.now() }),
      agentOf: this.derivation.rules.member,
      serversNow: () => this.serversNow(),
      gaps: (from, to, signal) => this.gaps(from, to, signal),
      differences: (from, to, signal) => this.differences(from, to, signal),
    };
  }

  async gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]> {
    return this.imports.withFilled(await this.intake.gaps.gaps(from, to, signal));
  }

  keptLogs(): Promise<string[]> {
    return this.kind.keptLogs();
  }

  async differences(from: number, to: number, signal?: AbortSignal): Promise<QueueDifference[]> {
    const found = await this.store.differences(from, to, signal);
    if (found.length === 0) {
      return found;
    }
    const start = found.reduce((least, { startTime }) => Math.min(least, startTime), Infinity);
    const end = found.reduce((most, { endTime }) => Math.max(most, endTime), -Infinity);
    return notFilled(found, await this.gaps(start, end, signal));
  }

  serversNow(): ServerNow[] {
    return this.intake.serversNow();
  }

  tryNow(): void {
    this.intake.tryNow();
  }

  /**
   * Ends in phases, each bounded in time: what waits for one that hangs would be lost with it.
   * @returns false when the store was not closed in time
   */
  stop(): Promise<boolean> {
    const { writer } = this.intake;
    this.retention.close();
    // Deaf first: until when each PBX was heard is known before anything takes its time.
    const isNoted = this.intake.deafen();
    const late = (phase: string, waitedMs: number): void =>
      this.log.warn('A data source takes long to stop', { uid: this.config.uid, phase, waitedMs });
    return inPhases(
      [
        { name: 'flushed', ms: 600, work: () => isNoted.then(() => writer.flush()) },
        { name: 'users ended', ms: 300, work: () => this.endUsers() },
        { name: 'closed', ms: 500, work: () => writer.close() },
      ],
      late
    );
  }

  /** Questions, exports, streams and imports are done with the store. */
  private async endUsers(): Promise<void> {
    this.ending.abort(new Refusal([sentence('query.stopped')], 'downstream', 503));
    this.changes.complete();
    this.boardChanges.complete();
    await this.imports.close();
  }

  /** Live streams fail, so that Grafana runs them again by what they are to show from now on. */
  private endLive(): void {
    const before = this.changes;
    this.changes = new Subject();
    before.complete();
  }

  private opened(): void {
    void this.history.look();
    this.imports.look();
  }

  private directoryOf({ settings }: DataSourceConfig): Directory {
    return new Directory(settings.directory, this.intake.listener.names);
  }

  private importsOptions(): ImportsOptions {
    const { config, derivation, log } = this;
    const { listener, writer } = this.intake;
    return { ...config, derivation, clocks: listener.clocks, names: listener.memberNames, writer, log };
  }
}
