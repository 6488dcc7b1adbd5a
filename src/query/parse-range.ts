import { InvalidQueryError } from './invalid-query-error';
import { sentence } from '../sentences/sentence';

/** Epoch milliseconds, `to` exclusive. */
export interface Range {
  from: number;
  to: number;
}

/** The end of what can be asked for, epoch milliseconds: no clock of a PBX that is set at all is later. */
export const latestInstant = Date.UTC(2100, 0, 1);

/**
 * The range of a question, within 1970 to 2099. One that begins before, as `now-100y` does, is cut there: no call is so old.
 * Every door parses its range, so that nothing behind it runs over millions of days.
 * @throws InvalidQueryError for one that is reversed, ends too late or is no range of whole numbers
 */
export function parseRange({ from, to }: Record<keyof Range, unknown>): Range {
  const [start, end] = [instant('from', from), instant('to', to)];
  if (start > end) {
    throw new InvalidQueryError([sentence('query.range.reversed', { from: timeText(start), to: timeText(end) })]);
  }
  return { from: Math.max(0, start), to: Math.max(0, end) };
}

function instant(name: keyof Range, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    const found = typeof value === 'number' ? String(value) : typeof value;
    throw new InvalidQueryError([sentence('query.range.type', { name, found })]);
  }
  if (value > latestInstant) {
    const times = { time: timeText(value), latest: timeText(latestInstant) };
    throw new InvalidQueryError([sentence('query.range.late', { name, ...times })]);
  }
  return Math.floor(value);
}

/** A day, or the number itself where no calendar reaches. */
function timeText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.valueOf()) ? String(time) : date.toISOString().replace(/T.*/, '');
}
