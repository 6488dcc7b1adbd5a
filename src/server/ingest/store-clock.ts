import type { Gap } from '../../cdr/gap';
import type { Span } from '../../cdr/spans';
import type { Sharing } from '../../store/sharing';

/** Clocks that are so near are taken for one: a measurement over a network is no better. Milliseconds. */
const near = 2_000;

/**
 * Milliseconds to add to a time of this process for one by the clock of the store, on which processes agree whatever the
 * clocks of their machines show.
 */
export function storeClockAhead({ clockOffset }: Pick<Sharing, 'clockOffset'>): number {
  return Math.abs(clockOffset) < near ? 0 : clockOffset;
}

export function movedStretch<T extends Pick<Gap, 'startTime' | 'endTime'>>(stretch: T, by: number): T {
  const { startTime, endTime } = stretch;
  return by === 0 ? stretch : { ...stretch, startTime: startTime + by, endTime: endTime && endTime + by };
}

export function movedTimes(times: ReadonlyMap<string, number>, by: number): ReadonlyMap<string, number> {
  return by === 0 ? times : new Map([...times].map(([server, time]) => [server, time + by]));
}

export function movedSpans(
  spans: ReadonlyMap<string, readonly Span[]>,
  by: number
): ReadonlyMap<string, readonly Span[]> {
  const moved = ([from, to]: Span): Span => [from + by, to + by];
  return by === 0 ? spans : new Map([...spans].map(([server, some]) => [server, some.map(moved)]));
}
