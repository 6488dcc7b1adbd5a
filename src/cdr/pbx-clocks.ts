import { compareText } from './compare-text';
import type { Derivation } from './derivation';
import type { OffsetSpan } from './learned-offsets';
import type { PbxClock } from './pbx-clock';

/** What is kept of a PBX's clock where its zone is not set. */
export interface KnownSpan extends OffsetSpan {
  server: string;
}

/** Whose days a question is about. */
export interface QuestionClock {
  clock: PbxClock;
  /** PBXes that the question is about too, whose wall clock shows another time than that one, by name. */
  others: readonly string[];
}

/** The wall clock of each PBX: one, whatever asks for it. */
export class PbxClocks {
  private readonly clocks = new Map<string, PbxClock>();

  constructor(private derivation: Pick<Derivation, 'newClock'>) {}

  /** Zones may be others from now on. What was learned stands. */
  use(derivation: Pick<Derivation, 'newClock'>): void {
    const learned = this.seen;
    this.derivation = derivation;
    this.clocks.clear();
    this.recall(learned);
  }

  of(server: string): PbxClock {
    const known = this.clocks.get(server) ?? this.derivation.newClock(server);
    this.clocks.set(server, known);
    return known;
  }

  /** What a run before this one learned; what this one has learned meanwhile stands. */
  recall(known: readonly KnownSpan[]): void {
    Map.groupBy(known, ({ server }) => server).forEach((spans, server) => this.of(server).recall(spans));
  }

  /** What is worth keeping of what was learned. */
  get seen(): KnownSpan[] {
    return [...this.clocks].flatMap(([server, { seen }]) => seen.map((span) => ({ server, ...span })));
  }

  /** Grows with what is worth keeping. */
  get lessons(): number {
    return [...this.clocks.values()].reduce((sum, { lessons }) => sum + lessons, 0);
  }

  forget(server: string): void {
    this.clocks.delete(server);
  }

  /**
   * The clock that cuts the days of a question: that of the PBXes it asks for, of all where it names none. Where theirs
   * differ at `instant`, the zone that is set for all PBXes, or else the clock of the first by name.
   */
  ofQuestion(servers: readonly string[] | undefined, instant: number): QuestionClock {
    const named = [...(servers?.length ? servers : this.clocks.keys())].sort(compareText);
    const known = named.filter((server) => this.known(server).offsetAt(instant) !== null);
    const first = known[0] === undefined ? this.derivation.newClock('') : this.known(known[0]);
    const differs = (server: string, clock: PbxClock): boolean =>
      this.known(server).offsetAt(instant) !== clock.offsetAt(instant);
    const ofAll = this.derivation.newClock('');
    const isOne = !known.some((server) => differs(server, first));
    const clock = isOne || ofAll.offsetAt(instant) === null ? first : ofAll;
    return { clock, others: known.filter((server) => differs(server, clock)) };
  }

  /** A question about a PBX that was never heard makes none known. */
  private known(server: string): PbxClock {
    return this.clocks.get(server) ?? this.derivation.newClock(server);
  }
}
