import { AmiwsState, type ServerStatus } from '../amiws/amiws-state';
import type { AmiwsSignal } from '../amiws/keep-connected';
import type { AmiEvent, AmiFrame, BadFrame } from '../amiws/event';
import { EventReader } from '../amiws/event-reader';
import { ourTime, pbxTime } from '../amiws/event-time';
import { AgentPresence, type AgentStretch } from '../cdr/agent-presence';
import type { CallParts } from '../cdr/call-parts';
import type { CallRules } from '../cdr/call-rules';
import type { Derivation } from '../cdr/derivation';
import type { Gap } from '../cdr/gap';
import { Hearing } from '../cdr/hearing';
import { LearnedNames } from '../cdr/learned-names';
import { KnownRestarts } from '../cdr/known-restarts';
import type { Moment } from '../cdr/moment';
import { PbxClocks, type KnownSpan } from '../cdr/pbx-clocks';
import { LiveBoard } from '../cdr/live-board';
import { MemberNames } from '../cdr/member-names';
import type { CdrRecord } from '../cdr/record';
import type { RecordProblem } from '../cdr/record-from-fields';
import type { PbxBoard } from '../cdr/pbx-board';
import { RecordSilence } from '../cdr/record-silence';
import type { Restart } from '../cdr/restart';
import type { ServerNow } from '../cdr/server-now';
import type { Span } from '../cdr/spans';

/**
 * Why input could not be used whole: `board-full` where queues, members, waiting callers or channels are too many to show; `failed`
 * where the code met what it does not expect.
 */
export type BadInputReason = BadFrame['reason'] | RecordProblem | 'board-full' | 'failed';

/** What becomes of what is heard. */
export interface ListenerSink {
  /** An event that something reads, with what calls are assembled from. */
  event(event: AmiEvent, parts: CallParts): void;
  /** A stretch of which calls may be missing has ended. */
  gap(gap: Gap): void;
  restart(restart: Restart): void;
  /** Times in which agents were logged in; one that goes on takes the place of the same one before (`stretchKey`). */
  stretches(stretches: readonly AgentStretch[]): void;
  boardChanged(): void;
  /** A PBX was heard that was not known. */
  serverFound(server: string): void;
  badInput(reason: BadInputReason, example: string): void;
}

/** What a run before this one knew. */
export interface KnownBefore {
  /** When each PBX was last heard, epoch milliseconds. */
  heard: ReadonlyMap<string, number>;
  /** The earliest first. */
  restarts: readonly Restart[];
  clocks: readonly KnownSpan[];
}

/** Agents are looked at this often at most, however fast events come. Milliseconds. */
const seenMs = 1_000;
/** The shift of an agent is kept this often as it goes on. Milliseconds. */
const shiftMs = 60_000;

/**
 * Listens to amiws for whoever keeps what is heard: the server part or a page. Knows what goes on now, and hands each
 * outcome to its sink. Keeps no calls. Times in epoch milliseconds.
 */
export class Listener {
  readonly state = new AmiwsState();
  readonly clocks: PbxClocks;
  readonly names = new LearnedNames();
  private readonly reader: EventReader;
  private wrapUpTimes: Readonly<Record<string, number>> = {};
  private readonly liveBoard = new LiveBoard((queue) =>
    Object.hasOwn(this.wrapUpTimes, queue) ? this.wrapUpTimes[queue]! : 0
  );
  readonly memberNames = new MemberNames(this.names);
  private readonly presence = new AgentPresence();
  private readonly hearing = new Hearing();
  private readonly recordSilence = new RecordSilence();
  private readonly restarts = new KnownRestarts();
  private isBoardSeen = true;
  private seenAt = 0;
  private shiftsAt = 0;
  /** When the first of those who write up a talk is done with it. */
  private restEndsAt = Infinity;

  constructor(
    private derivation: Derivation,
    private readonly sink: ListenerSink
  ) {
    this.clocks = new PbxClocks(derivation);
    const rules = (): CallRules => this.derivation.rules;
    this.reader = new EventReader({
      get rules() {
        return rules();
      },
      clocks: this.clocks,
      clockOffset: (server) => this.state.clockOffset(server),
      onProblem: (problem, event) => sink.badInput(problem, JSON.stringify(event.fields).slice(0, 400)),
    });
  }

  /** Reads by other rules and zones from now on. What goes on stays known. */
  use(derivation: Derivation): void {
    this.derivation = derivation;
    this.clocks.use(derivation);
  }

  /** Seconds for which each queue keeps its members from calls after a talk, from now on: Asterisk does not send it. */
  useWrapUpTimes(times: Readonly<Record<string, number>>): void {
    this.wrapUpTimes = times;
  }

  /** What a run before this one knew, once. Until then restarts are held back: they may be known already. */
  recall({ heard, restarts, clocks }: KnownBefore): void {
    this.clocks.recall(clocks);
    this.restarts.recall(restarts).forEach((restart) => this.sink.restart(restart));
    this.hearing.recall(heard).forEach((gap) => this.sink.gap(gap));
  }

  /** One frame must not end the listening to all others: one that fails is bad input. */
  hear(signal: AmiwsSignal): void {
    if (signal.kind !== 'frame') {
      this.hearState(signal);
      return;
    }
    try {
      this.hearFrame(signal.frame);
    } catch (error) {
      this.sink.badInput('failed', `${String(error)} at ${JSON.stringify(signal.frame).slice(0, 400)}`);
    }
  }

  /** What goes on is seen as it is now; once a second is enough. */
  tick(now: number): void {
    const isShiftDue = now - this.shiftsAt >= shiftMs;
    if (isShiftDue || now >= this.restEndsAt || (!this.isBoardSeen && now - this.seenAt >= seenMs)) {
      this.seeAgents(now, isShiftDue);
    }
  }

  /** Nobody listens any more, until the next signal. */
  stop(now: number): void {
    const moment = momentOf(now);
    this.recordSilence.open(moment).forEach(({ server }) => this.keep(this.recordSilence.forget(server, moment)));
    this.liveBoard.clear();
    this.seeAgents(now, true);
    this.hearing.stop(moment);
    this.lastHeard.forEach((_, server) => this.reader.interrupted(server));
    this.state.disconnect();
  }

  /** When each PBX was last heard. */
  get lastHeard(): ReadonlyMap<string, number> {
    return this.hearing.lastHeard;
  }

  /** In which stretches of the last minute each PBX was heard without a break. */
  get heardSpans(): ReadonlyMap<string, readonly Span[]> {
    return this.hearing.spans;
  }

  /** PBXes that are heard, and those that were. */
  get servers(): ServerStatus[] {
    const heard = this.state.serverStatus;
    const names = new Set(heard.map(({ server }) => server));
    const others = [...this.lastHeard].filter(([server]) => !names.has(server));
    return [
      ...heard,
      ...others.map(([server, since]): ServerStatus => ({
        server,
        state: 'down',
        since,
        lastEventAt: null,
        clockOffsetMs: null,
      })),
    ];
  }

  /** A PBX was taken out of service at an instant: its gap ends, and nothing is expected of it. False while it is heard. */
  forget(server: string, at: number): boolean {
    if (this.state.serverStatus.some((status) => status.server === server && status.state === 'up')) {
      return false;
    }
    this.keep(this.hearing.forget(server, momentOf(at)));
    this.state.forget(server);
    this.clocks.forget(server);
    this.names.forget(server);
    return true;
  }

  /** PBXes that are heard now. */
  get heardNow(): ReadonlySet<string> {
    const rows = this.hearing.serversNow(momentOf(Date.now()));
    return new Set(rows.filter(({ state }) => state === 'up').map(({ server }) => server));
  }

  /** Queues and calls of PBXes that are heard, as they are until the next event. */
  get board(): PbxBoard {
    return this.liveBoard.board(this.rules);
  }

  get rules(): CallRules {
    return this.derivation.rules;
  }

  serversNow(now: number): ServerNow[] {
    return this.hearing.serversNow(momentOf(now)).map((row) => ({
      ...row,
      clockOffset: this.state.clockOffsetSeconds(row.server),
      sendsDialEnds: this.reader.sendsDialEnds(row.server),
    }));
  }

  /** Gaps that go on and touch a range. */
  openGaps(from: number, to: number, now: number): Gap[] {
    const moment = momentOf(now);
    return [...this.hearing.open(moment), ...this.recordSilence.open(moment)].filter(
      ({ startTime }) => startTime < to && now > from
    );
  }

  private hearState(signal: Exclude<AmiwsSignal, { kind: 'frame' }>): void {
    this.state.update(signal);
    if (signal.kind === 'server' && signal.state === 'down') {
      this.keep(this.recordSilence.forget(signal.server, momentOf(Date.now())));
      this.hearing.lost(signal.server, this.state.reaches(signal.server) ? 'silent' : 'disconnected');
      this.reader.interrupted(signal.server);
      this.liveBoard.forget(signal.server);
      this.boardChanged();
    }
  }

  private hearFrame(frame: AmiFrame): void {
    if (frame.kind === 'bad') {
      this.sink.badInput(frame.reason, frame.excerpt);
      return;
    }
    const { server } = frame;
    if (!this.hearing.admits(server)) {
      this.sink.badInput('too-many-servers', server.slice(0, 200));
      return;
    }
    if (frame.kind === 'event' && frame.name === 'FullyBooted') {
      this.booted(frame);
    }
    const isNew = !this.hearing.knows(server);
    this.keep(this.hearing.heard(server, momentOf(Date.now())));
    if (isNew) {
      this.sink.serverFound(server);
    }
    this.state.heard(frame);
    if (frame.kind === 'event') {
      this.hearEvent(frame);
    }
  }

  private hearEvent(event: AmiEvent): void {
    this.memberNames.hear(event.server, event.fields);
    const parts = this.reader.read(event);
    const [record] = parts.records;
    this.watchRecords(event, record);
    this.names.learn(event.server, event.fields, record, this.derivation.rules);
    this.sink.event(event, parts);
    const { refused } = this.liveBoard;
    const ahead = this.state.clockOffset(event.server);
    const at = ourTime(event, ahead, Date.now());
    if (this.liveBoard.apply(event.server, event.name, event.fields, at, ahead)) {
      this.boardChanged();
    }
    if (this.liveBoard.refused > refused) {
      this.sink.badInput('board-full', `${event.name} of ${event.server}`);
    }
  }

  private watchRecords(event: AmiEvent, record: CdrRecord | undefined): void {
    const now = momentOf(Date.now());
    if (record) {
      const ended = record.endTime ?? record.startTime;
      const endedAt = ended === null ? now.time : ended - this.state.clockOffset(event.server);
      this.keep(this.recordSilence.recorded(record, endedAt, now));
    } else {
      this.recordSilence.see(event, now);
    }
  }

  /** `FullyBooted` of a PBX: it may have started, and its queues may be others. */
  private booted(event: AmiEvent): void {
    const { server, fields } = event;
    if (!event.direct) {
      // amiws has just logged in, so before it the PBX was not heard.
      this.hearing.lost(server, 'silent');
      this.reader.interrupted(server);
      this.liveBoard.forget(server);
      this.boardChanged();
    }
    const restart = this.restarts.booted(server, fields, pbxTime(event, this.state.clockOffset(server)));
    if (restart) {
      this.sink.restart(restart);
    }
  }

  private boardChanged(): void {
    this.isBoardSeen = false;
    this.sink.boardChanged();
    this.tick(Date.now());
  }

  /** Keeps how long agents were logged in; with `soFar`, also those whose shift goes on. */
  private seeAgents(now: number, soFar: boolean): void {
    this.isBoardSeen = true;
    this.seenAt = now;
    this.shiftsAt = soFar ? now : this.shiftsAt;
    this.restEndsAt = this.liveBoard.restsUntil(now);
    const agents = this.liveBoard.agents(this.derivation.rules.member, now);
    const stretches = this.presence.update(agents, now, (server) => this.clocks.of(server).offsetAt(now) ?? 0, soFar);
    if (stretches.length > 0) {
      this.sink.stretches(stretches);
    }
  }

  private keep(gap: Gap | null): void {
    if (gap) {
      this.sink.gap(gap);
    }
  }
}

/** @param at epoch milliseconds, by the clock as it is now */
function momentOf(at: number): Moment {
  return { time: at, steady: performance.now() - (Date.now() - at) };
}
