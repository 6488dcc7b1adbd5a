import { IANAZone } from 'luxon';

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;
/** The first Monday after the epoch, where weeks are counted from. */
const monday = 4 * day;

/** A stretch of time in which a zone keeps one offset: up to `until` (epoch ms, exclusive), `offset` in milliseconds. */
export interface ZoneStretch {
  until: number;
  offset: number;
}

/**
 * Offsets of a zone from one instant to another (at most some hundred years, see `parseRange`), as data, so that SQL and
 * JavaScript reckon alike without a zone database. The last stretch has no end. It looks once a week: no zone of the IANA
 * database changed twice within one since 2001.
 */
export function zoneStretches(zoneName: string, from: number, to: number): ZoneStretch[] {
  const zone = IANAZone.create(zoneName);
  const offsetAt = (instant: number): number => zone.offset(instant) * 60_000;
  const stretches: ZoneStretch[] = [];
  let offset = offsetAt(from);
  for (let instant = from; instant < to; instant += week) {
    const next = Math.min(instant + week, to);
    const changed = offsetAt(next);
    if (changed !== offset) {
      stretches.push({ until: firstWith(offsetAt, instant, next, changed), offset });
      offset = changed;
    }
  }
  return [...stretches, { until: Number.MAX_SAFE_INTEGER, offset }];
}

/** A zone that keeps one offset, in milliseconds. */
export function fixedOffset(offset: number): ZoneStretch[] {
  return [{ until: Number.MAX_SAFE_INTEGER, offset }];
}

function firstWith(offsetAt: (instant: number) => number, from: number, to: number, offset: number): number {
  let [before, after] = [from, to];
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (middle === before || offsetAt(middle) === offset) {
      after = middle;
    } else {
      before = middle;
    }
  }
  return Math.ceil(after / 1000) * 1000;
}

export function offsetAt(stretches: readonly ZoneStretch[], instant: number): number {
  return stretches.find(({ until }) => instant < until)!.offset;
}

/** Milliseconds, or months of the calendar, counted from January 1970. */
export type BucketWidth = number | { months: number };

/**
 * Width and alignment of time buckets. Up to an hour they are cut from the instants themselves, so that the repeated
 * hour of a clock change keeps its two halves; wider ones are cut from local time, so that a day is a day.
 */
export interface BucketPlan<W extends BucketWidth = BucketWidth> {
  width: W;
  stretches: readonly ZoneStretch[];
}

/** Whether buckets are cut from local time: their keys are local times, or counts of months. */
export function isCutLocally({ width }: BucketPlan): boolean {
  return typeof width === 'object' || width > hour;
}

/** No bucket of a width is longer, milliseconds. */
export function longestBucket(width: BucketWidth): number {
  return typeof width === 'object' ? width.months * 31 * day : width;
}

/** Where counting of buckets of so many milliseconds starts, in milliseconds. */
export function bucketAnchor(width: number): number {
  return width % week === 0 ? monday : 0;
}

/** Months from January 1970 to that of a local time in milliseconds. */
export function monthsSince1970(local: number): number {
  const date = new Date(local);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** What tells the bucket of an instant: its start, in local time where it is cut locally, or its first month. */
export function bucketKey(plan: BucketPlan, instant: number): number {
  const { width, stretches } = plan;
  const offset = offsetAt(stretches, instant);
  if (typeof width === 'object') {
    return Math.floor(monthsSince1970(instant + offset) / width.months) * width.months;
  }
  const anchor = bucketAnchor(width);
  const local = Math.floor((instant + offset - anchor) / width) * width + anchor;
  return isCutLocally(plan) ? local : local - offset;
}

/** The instant at which the bucket of a key starts: where a change of the clock skips that local time, the change. */
export function bucketStart(plan: BucketPlan, key: number): number {
  if (!isCutLocally(plan)) {
    return key;
  }
  const local = localStart(plan, key);
  const place = plan.stretches.findIndex(({ until, offset }) => local - offset < until);
  return Math.max(local - plan.stretches[place]!.offset, plan.stretches[place - 1]?.until ?? -Infinity);
}

function localStart({ width }: BucketPlan, key: number): number {
  return typeof width === 'object' ? Date.UTC(1970, key) : key;
}

/** A time bucket's part of a range; `to` is exclusive. Epoch milliseconds. */
export interface BucketSpan<K = number> {
  key: K;
  from: number;
  to: number;
}

/** Starts of all buckets that touch [from, to), each stretch of the zone by itself: a change of the clock shifts them. */
export function bucketStarts(plan: BucketPlan, from: number, to: number): number[] {
  return [...new Set(Array.from(pieces(plan, from, to), ({ key }) => bucketStart(plan, key)))].sort((a, b) => a - b);
}

/** All buckets that touch [from, to), in order. */
export function bucketSpans(plan: BucketPlan, from: number, to: number): BucketSpan[] {
  const spans = new Map<number, BucketSpan>();
  for (const piece of pieces(plan, from, to)) {
    const known = spans.get(piece.key);
    spans.set(piece.key, known ? { ...known, to: piece.to } : piece);
  }
  return [...spans.values()];
}

/** Buckets as the stretches of the zone cut them: one that is longer by a change of the clock is in two pieces. */
function* pieces(plan: BucketPlan, from: number, to: number): Generator<BucketSpan> {
  const { width } = plan;
  const step = typeof width === 'object' ? width.months : width;
  let begin = from;
  for (const { until, offset } of plan.stretches) {
    const end = Math.min(until, to);
    if (begin < end) {
      const shift = isCutLocally(plan) ? offset : 0;
      for (let key = bucketKey(plan, begin); localStart(plan, key) - shift < end; key += step) {
        yield {
          key,
          from: Math.max(begin, localStart(plan, key) - shift),
          to: Math.min(end, localStart(plan, key + step) - shift),
        };
      }
      begin = end;
    }
  }
}
