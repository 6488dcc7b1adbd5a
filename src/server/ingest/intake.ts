import { inspect } from 'node:util';
import { merge, Subject, type Observable } from 'rxjs';
import type { AmiAddress } from '../../ami/ami-socket';
import { connectAmi } from '../../ami/connect-ami';
import { AmiwsLink } from '../../amiws/amiws-link';
import { connectAmiws, type AmiwsOptions } from '../../amiws/connect-amiws';
import type { AmiwsSignal } from '../../amiws/keep-connected';
import type { QueueDifference } from '../../cdr/queue-audit';
import { isRecordProblem } from '../../cdr/record-from-fields';
import type { Derivation } from '../../cdr/derivation';
import type { ServerNow } from '../../cdr/server-now';
import { Listener, type BadInputReason } from '../../listener/listener';
import type { Logger } from '../../plugin-protocol/log';
import { english } from '../../sentences/english';
import type { StoreProblem } from '../../store/store-problem';
import type { ChangedCall, SetAside, SharedStore, StoreChange } from '../../store/store';
import type { PluginMetrics } from '../plugin-metrics';
import { BadInput } from '../sources/bad-input';
import { SeenOnWire } from '../sources/seen-on-wire';
import { BoardKeeper } from './board-keeper';
import { ExpectedServers } from './expected-servers';
import { GapKeeper } from './gap-keeper';
import { NameKeeper } from './name-keeper';
import { PbxTime } from './pbx-time';
import { QueueAuditor } from './queue-auditor';
import { knownServers, serversHeard, type KnownServer } from './servers-heard';
import { SharedHearing } from './shared-hearing';
import { movedStretch, storeClockAhead } from './store-clock';
import { StoreWriter, type StoreWriterOptions } from './store-writer';
import type { Excess } from './write-queue';

/** What goes on is looked at so often. Milliseconds. */
const tickMs = 1_000;

export interface IntakeOptions extends Pick<StoreWriterOptions, 'isFatal' | 'isOfData'> {
  uid: string;
  derivation: Derivation;
  /** Opens the store for what is read by a derivation. */
  open: (derivation: Derivation) => Promise<SharedStore>;
  /** The store is open, for the first time or again, and holds what waited before; or this process writes from now on. */
  onOpened: () => void;
  onChange: (change: StoreChange) => void;
  onBoardChanged: () => void;
  /** What is wrong with the store and what to do: in words for all, and with what only the log may name. */
  problemOf: (error: unknown) => StoreProblem;
  metrics: PluginMetrics;
  log: Logger;
}

/** Where amiws or the AMI of a PBX is, and how to connect to it. */
export type ListeningPlace =
  { kind: 'amiws'; url: string; options: AmiwsOptions } | { kind: 'ami'; address: AmiAddress };

/** The way of one data source from amiws and PBXes into its store, with what is known of both. It outlives changes of either. */
export class Intake {
  readonly listener: Listener;
  readonly writer: StoreWriter;
  readonly gaps: GapKeeper;
  readonly boards: BoardKeeper;
  private readonly auditor: QueueAuditor;
  private readonly nameKeeper: NameKeeper;
  readonly pbxTime = new PbxTime();
  readonly badInput: BadInput;
  seen: SeenOnWire;
  /** Records and events that were dropped since the store took none. */
  dropped = 0;
  private readonly link = new AmiwsLink((signal) => this.hear(signal));
  private readonly retryNow = new Subject<void>();
  private readonly sharedHearing: SharedHearing;
  private readonly expected = new ExpectedServers();
  private readonly ticks = setInterval(() => this.tick(), tickMs);
  private derivation: Derivation;

  constructor(private readonly options: IntakeOptions) {
    const { isFatal, isOfData, problemOf } = options;
    this.derivation = options.derivation;
    this.badInput = new BadInput(options.log);
    this.writer = new StoreWriter({
      open: () => options.open(this.derivation),
      onOpened: () => void this.opened(),
      onHolder: () => void this.takenOver(),
      onFailed: (error) => this.storeFailed(error),
      onStored: (changes) => this.stored(changes),
      onAllStored: (until) => this.sharedHearing.stored(until),
      onDropped: (excess) => this.drop(excess),
      describe: (error) => problemOf(error).text,
      onSetAside: (error) => this.countLostWrite(error),
      isFatal,
      isOfData,
    });
    this.listener = new Listener(options.derivation, {
      event: (event, parts) => {
        this.seen.add(event, parts.records[0], Date.now());
        parts.records.forEach((record) => this.pbxTime.seeRecord(record));
        this.writer.add(parts);
        this.auditor.hear(event);
      },
      gap: (gap) => this.gaps.add(gap),
      restart: (restart) => this.gaps.addRestart(restart),
      stretches: (stretches) =>
        this.writer.put((store) => {
          const ahead = storeClockAhead(store.sharing);
          return store.addStretches(stretches.map((stretch) => movedStretch(stretch, ahead)));
        }),
      boardChanged: () => options.onBoardChanged(),
      serverFound: () => void this.gaps.remember(),
      badInput: (reason, example) => this.countBadInput(reason, example),
    });
    this.sharedHearing = new SharedHearing({ listener: this.listener, sharing: () => this.writer.sharing });
    this.seen = new SeenOnWire(this.listener.clocks);
    this.gaps = new GapKeeper({
      listener: this.listener,
      store: () => this.writer.store,
      forget: (server, at) => void this.forget(server, at),
      put: (write) => this.writer.put(write),
      flush: () => this.writer.flush(),
    });
    this.boards = new BoardKeeper({
      listener: this.listener,
      sharing: () => this.writer.sharing,
      onChanged: () => options.onBoardChanged(),
    });
    this.nameKeeper = new NameKeeper({
      names: this.listener.names,
      store: () => this.writer.store,
      put: (write) => this.writer.put(write),
    });
    this.auditor = new QueueAuditor({
      agentOf: (memberInterface) => this.derivation.rules.member(memberInterface),
      clockOffset: (server) => this.listener.state.clockOffset(server),
      run: (task) => this.writer.run(task),
      flush: () => this.writer.flush(),
      onFound: (difference) => this.differenceFound(difference),
      onFailed: (error) =>
        options.log.warn('Queues are not compared with what Asterisk counts', {
          uid: options.uid,
          error: String(error),
        }),
    });
  }

  /** True while one connection is about to take the place of another. */
  get isChanging(): boolean {
    return this.link.isChanging;
  }

  /** Listens there from now on, without a deaf moment since the connections before; nowhere where there are none. */
  listenTo(places: readonly ListeningPlace[]): void {
    if (places.length === 0) {
      this.endListening();
    } else {
      this.link.use(merge(...places.map((place) => this.signalsOf(place))));
    }
  }

  /** These PBXes are to be heard: one that isn't is silent, though it never was heard. */
  expect(servers: readonly string[]): void {
    const { uid, metrics } = this.options;
    const known = new Set(this.listener.state.serverStatus.map(({ server }) => server));
    const unknown = (some: readonly string[]): string[] => some.filter((server) => !known.has(server));
    unknown(this.expected.use(servers)).forEach((server) => metrics.serverUp.remove({ uid, server }));
    unknown(servers).forEach((server) => metrics.serverUp.set({ uid, server }, 0));
  }

  /** PBXes that are heard, here or elsewhere, and those that were. */
  get servers(): KnownServer[] {
    return knownServers(this.listener.servers, this.gaps.heardElsewhere(Date.now()));
  }

  /** PBXes as they are now, those that are only expected included: heard by this process, or by another one that shares the store. */
  serversNow(): ServerNow[] {
    const now = Date.now();
    const own = this.listener.serversNow(now);
    return serversHeard([...own, ...this.expected.unheard(own)], this.gaps.heardElsewhere(now), now);
  }

  /**
   * A PBX was taken out of service, for all processes that share the store. False while one of them hears it.
   * @throws Error where that can't be stored
   */
  async forgetServer(server: string): Promise<boolean> {
    try {
      await this.gaps.lookElsewhere(Date.now());
      if (this.serversNow().some((row) => row.server === server && row.state === 'up')) {
        return false;
      }
      await this.writer.run(({ sharing }) => sharing.forget(server));
    } catch (error) {
      throw new Error(english(this.options.problemOf(error).text), { cause: error });
    }
    const isForgotten = this.forget(server, Date.now());
    void this.gaps.remember();
    return isForgotten;
  }

  /** Tries at once where it is waited to try again. */
  tryNow(): void {
    this.retryNow.next();
  }

  /** Reads and keeps by other rules and zones from now on. Resolves when the store is open for them, or known not to open. */
  use(derivation: Derivation): Promise<void> {
    this.derivation = derivation;
    this.listener.use(derivation);
    this.seen = new SeenOnWire(this.listener.clocks);
    return this.writer.reopen();
  }

  /** Hears nothing from now on, until when each PBX was heard is known; resolves when that is in the queue. */
  deafen(): Promise<void> {
    clearInterval(this.ticks);
    this.endListening();
    this.badInput.close();
    this.boards.close();
    void this.auditor.close();
    this.nameKeeper.close();
    this.sharedHearing.close();
    return this.gaps.close();
  }

  private forget(server: string, at: number): boolean {
    const isForgotten = this.listener.forget(server, at);
    if (isForgotten && !this.expected.has(server)) {
      this.options.metrics.serverUp.remove({ uid: this.options.uid, server });
    }
    return isForgotten;
  }

  private tick(): void {
    const now = Date.now();
    this.listener.tick(now);
    if (this.writer.isIdle) {
      this.sharedHearing.stored(now);
    }
  }

  private endListening(): void {
    const { uid, metrics } = this.options;
    this.link.close();
    this.listener.stop(Date.now());
    metrics.connected.set({ uid }, 0);
    this.listener.state.serverStatus.forEach(({ server }) => metrics.serverUp.set({ uid, server }, 0));
  }

  private signalsOf(place: ListeningPlace): Observable<AmiwsSignal> {
    const { retryNow } = this;
    return place.kind === 'ami'
      ? connectAmi(place.address, { retryNow })
      : connectAmiws(place.url, { ...place.options, retryNow });
  }

  private hear(signal: AmiwsSignal): void {
    const { uid, metrics, log } = this.options;
    this.listener.hear(signal);
    if (signal.kind === 'frame') {
      this.pbxTime.see(signal.frame);
      metrics.frames.inc({ uid, kind: signal.frame.kind });
    } else if (signal.kind === 'server') {
      metrics.serverUp.set({ uid, server: signal.server }, signal.state === 'up' ? 1 : 0);
    } else {
      metrics.connected.set({ uid }, this.listener.state.isConnected ? 1 : 0);
      const reason = 'reason' in signal ? signal.reason : '';
      log.info('Connection to amiws or a PBX', { uid, server: signal.server ?? '', state: signal.state, reason });
    }
  }

  private countBadInput(reason: BadInputReason, example: string): void {
    const { uid, metrics } = this.options;
    if (isRecordProblem(reason)) {
      metrics.recordProblems.inc({ uid, problem: reason });
    } else {
      metrics.badFrames.inc({ uid, reason });
    }
    this.badInput.add(reason, example);
  }

  private countSetAside({ reason, parts: { records, events }, detail }: SetAside): void {
    const count = records.length + events.length;
    this.options.metrics.setAside.inc({ uid: this.options.uid, reason }, count);
    this.badInput.add(reason, `${detail} ${inspect(records[0] ?? events[0])}`.slice(0, 400), count);
  }

  private stored(changes: ChangedCall[]): void {
    const { uid, metrics } = this.options;
    metrics.recordsStored.inc(
      { uid },
      changes.reduce((sum, { freshRecords }) => sum + freshRecords.length, 0)
    );
  }

  private drop({ parts: { records, events }, writes }: Excess): void {
    const count = records.length + events.length + writes;
    this.dropped += count;
    this.options.metrics.dropped.inc({ uid: this.options.uid }, count);
    const now = Date.now();
    records.forEach(({ server, startTime, endTime }) =>
      this.gaps.drop(server, startTime ?? endTime ?? now, endTime ?? startTime ?? now)
    );
    events.forEach(({ server, at }) => this.gaps.drop(server, at, at));
  }

  private differenceFound(difference: QueueDifference): void {
    const { uid, metrics, log } = this.options;
    const { server, agent, outcome, more } = difference;
    if (agent === '') {
      metrics.queueDifferences.inc({ uid, server, outcome }, Math.abs(more));
    } else {
      metrics.agentDifferences.inc({ uid, server }, Math.abs(more));
    }
    log.warn('Asterisk counted other queue visits than are stored', { uid, ...difference });
  }

  private countLostWrite(error: unknown): void {
    this.options.metrics.setAside.inc({ uid: this.options.uid, reason: 'unwritable' });
    this.badInput.add('unwritable', this.options.problemOf(error).detail);
  }

  private storeFailed(error: unknown): void {
    const { uid, metrics, log, problemOf } = this.options;
    metrics.storeFailures.inc({ uid });
    log.error('The store takes nothing; what comes is kept in memory and tried again', {
      uid,
      problem: problemOf(error).detail,
      waiting: this.writer.waiting,
    });
  }

  private async opened(): Promise<void> {
    this.writer.store.changes.subscribe(this.options.onChange);
    this.writer.store.setAside.subscribe((some) => this.countSetAside(some));
    if (this.writer.store.sharing.isShared) {
      // What others stored while it was not open is asked for again.
      this.options.onChange({ changed: [], removedBefore: Date.now() });
    }
    await this.gaps.recall().catch((error: unknown) => this.storeFailed(error));
    await this.auditor.recall().catch((error: unknown) => this.storeFailed(error));
    await this.nameKeeper.recall().catch((error: unknown) => this.storeFailed(error));
    await this.writer.flush();
    this.options.onOpened();
  }

  /** Another process wrote to the store so far. */
  private async takenOver(): Promise<void> {
    await this.auditor.takeOver().catch((error: unknown) => this.storeFailed(error));
    await this.writer.flush();
    this.options.onOpened();
  }
}
