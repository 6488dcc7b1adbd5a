import { offsetAt, type ZoneStretch } from './time-buckets';
import { erlangs, inTurn, type Traffic } from './traffic';

export const quarter = 900_000;
const day = 86_400_000;

/** A quarter of an hour by the clock, with the calls that began in it. Epoch milliseconds. */
export interface Quarter {
  from: number;
  traffic: Traffic;
  calls: number;
}

/** The 60 consecutive minutes of a day with the most traffic. */
export interface BusiestHour {
  /** Local midnight that the day begins with, as if it were one in UTC; epoch milliseconds. */
  day: number;
  /** Epoch milliseconds. */
  from: number;
  erlangs: number;
  peak: number;
  /** Calls that began in it. */
  calls: number;
}

/**
 * The busiest hour of each day, the first of those that are alike: it begins with a quarter of an hour, and ends on the day on which it
 * begins. Quarters that are not whole, at the ends of a range, are of none; a day without traffic has none. Source: the daily
 * peak quarter-defined hour of ITU-T E.500.
 * @param quarters one after the other, none left out
 */
export function busiestHours(quarters: readonly Quarter[], clock: readonly ZoneStretch[]): BusiestHour[] {
  const found = new Map<number, BusiestHour>();
  for (let first = 0; first + 4 <= quarters.length; first++) {
    const four = quarters.slice(first, first + 4);
    const [begins, ends] = [dayOf(four[0]!, clock), dayOf(four[3]!, clock)];
    if (begins !== ends || four.some(({ traffic }) => traffic.length !== quarter)) {
      continue;
    }
    const traffic = four.map((one) => one.traffic).reduce(inTurn);
    const hour: BusiestHour = {
      day: begins,
      from: four[0]!.from,
      erlangs: erlangs(traffic)!,
      peak: traffic.peak ?? 0,
      calls: four.reduce((sum, { calls }) => sum + calls, 0),
    };
    if (hour.erlangs > (found.get(begins)?.erlangs ?? 0)) {
      found.set(begins, hour);
    }
  }
  return [...found.values()];
}

function dayOf({ from }: Quarter, clock: readonly ZoneStretch[]): number {
  return Math.floor((from + offsetAt(clock, from)) / day) * day;
}
