import { daysOfWeek } from './dimensions';
import { joinHolidays, readHolidays, type Holidays } from './holidays';
import { joinSpans } from './spans';

/** Minutes of a week, from Monday 00:00; `to` is exclusive. */
export type WeekSpan = readonly [from: number, to: number];

/** When a call center is open, by a wall clock. */
export interface BusinessHours {
  /** In order, none touches another. */
  spans: readonly WeekSpan[];
  holidays: Holidays;
}

export interface ReadBusinessHours {
  /** Null where none are set. */
  hours: BusinessHours | null;
  /** Lines and days that can't be read; nothing else is lost with them. */
  unread: string[];
}

export const businessHourValues = ['in hours', 'out of hours'] as const;

export const minutesOfDay = 1440;
export const minutesOfWeek = 7 * minutesOfDay;

/**
 * Business hours from lines such as `Mon-Fri 08:00-12:00, 13:00-18:00` and holidays as `readHolidays` takes them. Hours that end
 * before they begin go on after midnight.
 */
export function readBusinessHours(lines: readonly string[], holidays: readonly string[]): ReadBusinessHours {
  const unread: string[] = [];
  const read = <T>(texts: readonly string[], of: (text: string) => T[] | null): T[] =>
    texts
      .filter((text) => text.trim() !== '')
      .flatMap((text) => {
        const found = of(text.trim());
        if (found === null) {
          unread.push(text);
        }
        return found ?? [];
      });
  const spans = joinSpans(read(lines, weekSpansOf), 0);
  const days = read(holidays, (text) => {
    const found = readHolidays(text);
    return found && [found];
  });
  return { hours: spans.length === 0 ? null : { spans, holidays: joinHolidays(days) }, unread };
}

/** Minutes of the week in which it is one of some times on one of some days. */
export function spansOn(days: readonly number[], times: ReadonlyArray<readonly [number, number]>): WeekSpan[] {
  return joinSpans(
    days.flatMap((day) =>
      times.flatMap(([from, to]): WeekSpan[] => {
        const start = day * minutesOfDay + from;
        const end = day * minutesOfDay + (to <= from ? to + minutesOfDay : to);
        return end <= minutesOfWeek
          ? [[start, end]]
          : [
              [start, minutesOfWeek],
              [0, end - minutesOfWeek],
            ];
      })
    ),
    0
  );
}

/** Minutes of the day of a text such as `08:00-18:00` or `22:00-06:00`; null for anything else. */
export function timesOf(text: string): readonly [from: number, to: number] | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-\u2013]\s*([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim());
  if (!match) {
    return null;
  }
  const [from, to] = [minutes(match[1]!, match[2]!), minutes(match[3]!, match[4]!)];
  return from === to || to > minutesOfDay ? null : [from, to];
}

const minutes = (hours: string, rest: string): number => Number(hours) * 60 + Number(rest);

function weekSpansOf(line: string): WeekSpan[] | null {
  const match = /^([a-z]{3,9}(?:\s*[-\u2013,]\s*[a-z]{3,9})*)\s+(\d.*)$/i.exec(line);
  const days = match && daysIn(match[1]!);
  const times = match ? match[2]!.split(',').map(timesOf) : [];
  return days && times.every((one) => one !== null) ? spansOn(days, times) : null;
}

/** Days of `Mon-Fri` or `Sat, Sun`, Monday as 0; from Friday to Monday over the weekend. */
function daysIn(text: string): number[] | null {
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [first, last, more] = part.split(/[-\u2013]/).map(dayIndex);
    if (first === undefined || first < 0 || last === -1 || more !== undefined) {
      return null;
    }
    const count = last === undefined ? 0 : (last - first + 7) % 7;
    days.push(...Array.from({ length: count + 1 }, (_, after) => (first + after) % 7));
  }
  return days;
}

function dayIndex(name: string): number {
  const known = name.trim().toLowerCase();
  return daysOfWeek.findIndex((day) => known === day.toLowerCase() || known === day.slice(0, 3).toLowerCase());
}
