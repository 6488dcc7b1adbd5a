import { joinSpans } from './spans';

/** Days, the last one included. */
export type DaySpan = readonly [from: number, to: number];

/** Days that are out of hours from midnight to midnight. */
export interface Holidays {
  /** Counted from 1970-01-01. */
  dates: readonly DaySpan[];
  /** Those of every year, as month * 100 + day: 1225 is December 25. */
  yearly: readonly DaySpan[];
}

export const noHolidays: Holidays = { dates: [], yearly: [] };

const millisecondsOfDay = 86_400_000;

/** Holidays of a line: `2026-12-25`, `12-25` of every year, or a range such as `12-24 to 01-01`; null for anything else. */
export function readHolidays(line: string): Holidays | null {
  const ends = line.trim().split(/\s+to\s+|\s*\.\.\s*|\s*\u2013\s*|\s+-\s+/);
  const [first, last = first] = ends;
  if (first === undefined || last === undefined || ends.length > 2) {
    return null;
  }
  const dates = spanOf(first, last, dateOf);
  if (dates) {
    return dates[0] > dates[1] ? null : { ...noHolidays, dates: [dates] };
  }
  const yearly = spanOf(first, last, dayOfYear);
  if (!yearly) {
    return null;
  }
  const [from, to] = yearly;
  return {
    ...noHolidays,
    yearly:
      from <= to
        ? [[from, to]]
        : [
            [from, 1231],
            [101, to],
          ],
  };
}

export function joinHolidays(some: readonly Holidays[]): Holidays {
  return {
    dates: joinSpans(
      some.flatMap(({ dates }) => dates),
      1
    ),
    yearly: joinSpans(
      some.flatMap(({ yearly }) => yearly),
      1
    ),
  };
}

/** @param local time of a wall clock, in milliseconds */
export function isHoliday({ dates, yearly }: Holidays, local: number): boolean {
  const isWithin = (day: number, spans: readonly DaySpan[]): boolean =>
    spans.some(([from, to]) => day >= from && day <= to);
  return (
    isWithin(Math.floor(local / millisecondsOfDay), dates) ||
    (yearly.length > 0 && isWithin(monthAndDay(new Date(local)), yearly))
  );
}

function spanOf(first: string, last: string, of: (text: string) => number | null): DaySpan | null {
  const [from, to] = [of(first), of(last)];
  return from === null || to === null ? null : [from, to];
}

function dateOf(text: string): number | null {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  // Date takes February 30 for March 2.
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(text) ? null : time / millisecondsOfDay;
}

/** A leap year has every day. */
function dayOfYear(text: string): number | null {
  const date = /^\d\d-\d\d$/.test(text) ? dateOf(`2028-${text}`) : null;
  return date === null ? null : monthAndDay(new Date(date * millisecondsOfDay));
}

function monthAndDay(date: Date): number {
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}
