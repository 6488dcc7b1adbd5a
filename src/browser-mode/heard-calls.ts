import { AmiwsState } from '../amiws/amiws-state';
import type { AmiwsSignal } from '../amiws/connect-amiws';
import type { AmiFrame } from '../amiws/event';
import { EventReader } from '../amiws/event-reader';
import { AgentPresence } from '../cdr/agent-presence';
import { derivationOf, type Derivation } from '../cdr/derivation';
import type { Gap } from '../cdr/gap';
import { Hearing } from '../cdr/hearing';
import { KnownRestarts } from '../cdr/known-restarts';
import { QueueBoard } from '../cdr/queue-board';
import { RecordSilence } from '../cdr/record-silence';
import type { AnswerSource } from '../answers/answer-query';
import type { CdrSettings } from '../settings/settings';
import { MemoryStore } from './memory-store';

/** The shift of an agent is kept this often as it goes on. Milliseconds. */
const toldMs = 60_000;

/** What a page has heard of amiws since it listens, and what answers are made from. Times in epoch milliseconds. */
export class HeardCalls {
  readonly state = new AmiwsState();
  readonly store: MemoryStore;
  /** When the page was connected first; null until then. */
  since: number | null = null;
  /** Frames and fields that could not be read. */
  bad = 0;
  /** Connections that ended after they were open, and when the last one did. */
  cuts: { count: number; last: number } | null = null;
  private readonly derivation: Derivation;
  private readonly reader: EventReader;
  private readonly board = new QueueBoard();
  private readonly presence = new AgentPresence();
  private readonly hearing = new Hearing(new Map());
  private readonly recordSilence = new RecordSilence();
  private readonly restarts = new KnownRestarts([]);
  private pbxOffset = 0;
  private toldAt = 0;

  /** @throws Error when a pattern or a zone of the settings can't be used */
  constructor(private readonly settings: CdrSettings) {
    this.derivation = derivationOf(settings);
    this.store = new MemoryStore(settings.keepCalls, this.derivation.rules);
    this.reader = new EventReader({
      derivation: this.derivation,
      clockOffset: (server) => this.state.clockOffset(server),
      onProblem: () => this.bad++,
    });
  }

  /** True when an answer may be another one now. */
  take(signal: AmiwsSignal): boolean {
    if (signal.kind === 'frame') {
      return this.takeFrame(signal.frame);
    }
    const wasConnected = this.state.isConnected;
    this.state.take(signal);
    if (signal.kind === 'server' && signal.state === 'down') {
      this.keep(this.recordSilence.forget(signal.server, Date.now()));
      this.hearing.lost(signal.server, this.state.isConnected ? 'silent' : 'disconnected');
      this.board.forget(signal.server);
    } else if (signal.kind === 'state' && signal.state === 'connected') {
      this.since ??= signal.since;
    } else if (signal.kind === 'state' && signal.state === 'disconnected' && wasConnected) {
      this.cuts = { count: (this.cuts?.count ?? 0) + 1, last: signal.since };
    }
    return true;
  }

  /** Nobody listens any more, until the next signal. */
  stop(now: number): void {
    this.state.serverStatus.forEach(({ server }) => this.board.forget(server));
    this.seeAgents(now);
    this.hearing.stop(now);
    this.state.connection = null;
  }

  /** @param now what answers about this moment are made for */
  answers(now: number): AnswerSource {
    this.seeAgents(now);
    const { serviceLevelThreshold, timeZone } = this.settings;
    return {
      store: this.store,
      defaults: { serviceLevelThreshold, timeZone, pbxOffset: this.pbxOffset },
      queuesNow: () => this.board.rows(now),
      serversNow: () =>
        this.hearing
          .serversNow(now)
          .map((server) => ({ ...server, clockOffset: this.state.clockOffsetSeconds(server.server) })),
      gaps: async (from, to) => [
        ...this.store.gaps(from, to),
        ...[...this.hearing.open(now), ...this.recordSilence.open(now)].filter(
          ({ startTime }) => startTime < to && now > from
        ),
      ],
    };
  }

  private takeFrame(frame: AmiFrame): boolean {
    if (frame.kind === 'bad') {
      this.bad++;
      return true;
    }
    this.state.heard(frame);
    if (frame.kind === 'event' && frame.name === 'FullyBooted') {
      this.hearing.lost(frame.server, 'silent');
      const restart = this.restarts.booted(frame.server, frame.fields, frame.at);
      if (restart) {
        this.store.addRestart(restart);
      }
    }
    const now = Date.now();
    const gap = this.hearing.heard(frame.server, now);
    this.keep(gap);
    if (frame.kind !== 'event') {
      return gap !== null;
    }
    const parts = this.reader.read(frame);
    const [record] = parts.records;
    this.pbxOffset = record?.utcOffset ?? this.pbxOffset;
    this.keep(this.recordSilence.take(frame, record));
    const isNew = this.store.add(parts);
    const isOnBoard = this.board.take(frame.server, frame.name, frame.fields, frame.at);
    if (isOnBoard) {
      this.seeAgents(now);
    }
    return isNew || isOnBoard || gap !== null;
  }

  private keep(gap: Gap | null): void {
    if (gap) {
      this.store.addGap(gap);
    }
  }

  /** Keeps how long agents were logged in: shifts that ended, and now and then those that go on. */
  private seeAgents(now: number): void {
    const soFar = now - this.toldAt >= toldMs;
    this.toldAt = soFar ? now : this.toldAt;
    const agents = this.board.agents(this.derivation.rules.agent);
    this.store.addStretches(this.presence.update(agents, now, (server) => this.reader.utcOffset(server), soFar));
  }
}
