import type { AmiwsState } from '../amiws/amiws-state';
import type { AmiwsSignal } from '../amiws/keep-connected';
import type { AnswerSource } from '../answers/answer-query';
import { derivationOf } from '../cdr/derivation';
import { readBusinessHours, type ReadBusinessHours } from '../cdr/business-hours';
import { Directory } from '../cdr/directory';
import { Listener } from '../listener/listener';
import type { CdrSettings } from '../settings/settings';
import { MemoryStore } from './memory-store';

/** What a page has heard of amiws since it listens, and what answers are made from. Times in epoch milliseconds. */
export class HeardCalls {
  readonly store: MemoryStore;
  /** When the page was connected first; null until then. */
  since: number | null = null;
  /** Frames and fields that could not be read. */
  bad = 0;
  /** Connections that ended after they were open, and when the last one did. */
  cuts: { count: number; last: number } | null = null;
  readonly directory: Directory;
  readonly businessHours: ReadBusinessHours;
  private readonly listener: Listener;
  /** True when an answer may be another one since the last signal. */
  private isChanged = false;

  /** @throws Error when a pattern or a zone of the settings can't be used */
  constructor(private readonly settings: CdrSettings) {
    const derivation = derivationOf(settings);
    this.store = new MemoryStore(settings.keepCalls, derivation.rules);
    const changed = (): void => void (this.isChanged = true);
    this.listener = new Listener(derivation, {
      event: (_event, parts) => this.store.add(parts) && changed(),
      gap: (gap) => {
        this.store.addGap(gap);
        changed();
      },
      restart: (restart) => {
        this.store.addRestart(restart);
        changed();
      },
      stretches: (stretches) => this.store.addStretches(stretches),
      boardChanged: changed,
      serverFound: changed,
      badInput: () => {
        this.bad++;
        changed();
      },
    });
    this.listener.useWrapUpTimes(settings.wrapUpTimes);
    this.businessHours = readBusinessHours(settings.businessHours, settings.holidays);
    this.directory = new Directory(settings.directory, this.listener.names);
    this.listener.recall({ heard: new Map(), restarts: [], clocks: [] });
  }

  get state(): AmiwsState {
    return this.listener.state;
  }

  /** True when an answer may be another one now. */
  hear(signal: AmiwsSignal): boolean {
    const wasConnected = this.state.isConnected;
    this.isChanged = signal.kind !== 'frame';
    this.listener.hear(signal);
    if (signal.kind === 'state' && signal.state === 'connected') {
      this.since ??= signal.since;
    } else if (signal.kind === 'state' && signal.state === 'disconnected' && wasConnected) {
      this.cuts = { count: (this.cuts?.count ?? 0) + 1, last: signal.since };
    }
    return this.isChanged;
  }

  /** Nobody listens any more, until the next signal. */
  stop(now: number): void {
    this.listener.stop(now);
  }

  /** @param now what answers about this moment are made for */
  answers(now: number): AnswerSource {
    const { businessHours, directory, listener, store } = this;
    const { serviceLevelThreshold, shortAbandonThreshold } = this.settings;
    listener.tick(now);
    return {
      store,
      directory,
      defaults: { serviceLevelThreshold, shortAbandonThreshold, clocks: listener.clocks, businessHours },
      boardNow: () => ({ ...listener.board, now }),
      agentOf: listener.rules.member,
      serversNow: () => listener.serversNow(now),
      // A page is open for hours at most, and keeps nothing of before.
      differences: async () => [],
      gaps: async (from, to) => [...store.gaps(from, to), ...listener.openGaps(from, to, now)],
    };
  }
}
