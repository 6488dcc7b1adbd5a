import type { Gap } from '../../cdr/gap';
import type { Span } from '../../cdr/spans';
import { isDeafness, unheard } from '../../cdr/unheard';
import type { SharedStore } from '../../store/store';
import { storeClockAhead } from './store-clock';

/** Others say this often until when they heard a PBX (`GapKeeper`), and a little later. Milliseconds. */
const saidWithin = 25_000;
/** Who is killed has not said of the last moment that he heard it (`SharedHearing`). Milliseconds. */
const lastMoment = 500;

type GapStore = Pick<SharedStore, 'addGap' | 'gaps' | 'sharing'>;

export interface HeardByOthers {
  /** Until when, as they said last. Epoch milliseconds. */
  until: number;
  /** True where one of them hears it now. */
  isNow: boolean;
}

/**
 * What other processes that share the store heard while this one did not: a gap is only where nobody heard the PBX. So a
 * gap is stored once they had the time to say so. Times in epoch milliseconds, by the clock of the store.
 */
export class HeardElsewhere {
  /** Gaps of this process that have ended and are not compared yet. */
  private held: Gap[] = [];
  private readonly until = new Map<string, number>();
  /** What the clock of the store was ahead of ours then. */
  private ahead = 0;

  /** PBXes that others heard, by our clock as `now`. */
  heard(now: number): ReadonlyMap<string, HeardByOthers> {
    const byOurs = ([server, until]: [string, number]): [string, HeardByOthers] => [
      server,
      { until: until - this.ahead, isNow: now + this.ahead - until < saidWithin },
    ];
    return new Map([...this.until].map(byOurs));
  }

  /** PBXes were taken out of service, when by the clock of the store; those that nobody heard since are not known any more. */
  forget(forgotten: ReadonlyMap<string, number>): void {
    goneOf(this.until, forgotten).forEach((_, server) => this.until.delete(server));
  }

  /** A gap of this process has ended: it is stored at once where nobody else can have heard the PBX, else later. */
  async add(store: GapStore, gap: Gap): Promise<void> {
    if (store.sharing.isShared && isDeafness(gap)) {
      this.held.push(gap);
    } else {
      await store.addGap(gap);
    }
  }

  /** Reads what others heard lately. */
  async look({ sharing }: Pick<SharedStore, 'sharing'>, now: number): Promise<void> {
    this.see(await sharing.heardByOthers(now - saidWithin, now), storeClockAhead(sharing));
  }

  /** What others said that they heard. @param ahead milliseconds that the clock of the store is ahead of ours */
  see(heard: ReadonlyMap<string, readonly Span[]>, ahead: number): void {
    this.ahead = ahead;
    heard.forEach((spans, server) => this.until.set(server, latest(spans)));
  }

  /** Stores what nobody heard of the gaps that ended before others spoke last, or of all. */
  async store(store: GapStore, now: number, all = false): Promise<void> {
    if (!store.sharing.isShared) {
      return;
    }
    await this.look(store, now);
    for (const gap of this.held.filter(({ endTime }) => all || endTime! + saidWithin < now)) {
      const spans = await store.sharing.heardByOthers(gap.startTime, gap.endTime!);
      // Another process may have told of the same stretch, for a reason of its own.
      const stored = (await store.gaps(gap.startTime, gap.endTime!)).filter(isDeafness);
      const known = stored.flatMap(({ server, startTime, endTime }): Span[] =>
        server === gap.server && endTime !== null ? [[startTime, endTime]] : []
      );
      const heardThere = [...(spans.get(gap.server) ?? []).map(asSaid(now)), ...known];
      for (const left of unheard(gap, heardThere, now).filter(isLonger(gap))) {
        await store.addGap(left);
      }
      this.held = this.held.filter((other) => other !== gap);
    }
  }

  /** What nobody heard of gaps of this process that are not stored: those that go on, and those that are held back. */
  async unheard({ sharing }: Pick<SharedStore, 'sharing'>, open: readonly Gap[], now: number): Promise<Gap[]> {
    const gaps = [...open, ...this.held];
    if (!sharing.isShared || gaps.length === 0) {
      return gaps;
    }
    const from = gaps.reduce((least, { startTime }) => Math.min(least, startTime), now);
    const heard = await sharing.heardByOthers(from, now);
    return gaps.flatMap((gap) =>
      unheard(gap, (heard.get(gap.server) ?? []).map(asSaid(now)), now).filter(isLonger(gap))
    );
  }
}

/** What others leave of a gap is more than what they could not say any more. */
function isLonger(gap: Gap): (left: Gap) => boolean {
  return ({ startTime, endTime }) =>
    endTime === null || endTime - startTime > lastMoment || (startTime === gap.startTime && endTime === gap.endTime);
}

/** Who said a moment ago that it hears a PBX hears it now. */
function asSaid(now: number): (span: Span) => Span {
  return ([from, to]) => [from, now - to < saidWithin ? Math.max(now, to) : to];
}

function latest(spans: readonly Span[]): number {
  return spans.reduce((most, [, to]) => Math.max(most, to), -Infinity);
}

/** PBXes that were taken out of service and not heard since, and when. */
export function goneOf(
  heard: ReadonlyMap<string, number>,
  forgotten: ReadonlyMap<string, number>
): Map<string, number> {
  return new Map([...forgotten].filter(([server, at]) => (heard.get(server) ?? Infinity) <= at));
}
