import { IANAZone } from 'luxon';
import type { DateFormat } from './export-request';

/** Writes an instant (epoch milliseconds) of a row; `utcOffset` is that of the row's PBX, in seconds. */
export type TimeText = (instant: number, utcOffset: number) => string | number;

/** Offsets of zones change on quarters of an hour of UTC. Source: the tz database, for all times since 1972. */
const quarter = 900_000;

/** How times are written in a file, in the zone `pbx` or one with an IANA name. */
export function timeText(dateFormat: DateFormat, timeZone: string): TimeText {
  if (dateFormat === 'epoch') {
    return (instant) => instant;
  }
  const offsetOf = timeZone === 'pbx' ? (_: number, utcOffset: number) => utcOffset : offsetIn(timeZone);
  const write = writers[dateFormat];
  return (instant, utcOffset) => {
    const offset = offsetOf(instant, utcOffset);
    return write(new Date(instant + offset * 1000).toISOString(), offset);
  };
}

type Writer = (local: string, offset: number) => string;

/** `local` is the wall clock in the form `2026-11-24T13:00:00.000Z`, `offset` seconds ahead of UTC. */
const writers: Record<Exclude<DateFormat, 'epoch'>, Writer> = {
  iso: (local, offset) => local.slice(0, 19) + milliseconds(local) + offsetText(offset),
  plain: (local) => `${local.slice(0, 10)} ${clock(local)}`,
  'day-first': (local) => `${day(local)}.${month(local)}.${year(local)} ${clock(local)}`,
  'month-first': (local) => `${month(local)}/${day(local)}/${year(local)} ${clock(local)}`,
};

const year = (local: string): string => local.slice(0, 4);
const month = (local: string): string => local.slice(5, 7);
const day = (local: string): string => local.slice(8, 10);
const clock = (local: string): string => local.slice(11, 19);

/** CDR times are whole seconds; only those from queue events may have more. */
function milliseconds(local: string): string {
  const fraction = local.slice(19, 23);
  return fraction === '.000' ? '' : fraction;
}

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Seconds that a zone is ahead of UTC. A zone is asked once a quarter of an hour, not once a row: it takes microseconds. */
function offsetIn(timeZone: string): (instant: number) => number {
  const zone = IANAZone.create(timeZone);
  const known = new Map<number, number>();
  return (instant) => {
    const key = Math.floor(instant / quarter);
    let offset = known.get(key);
    if (offset === undefined) {
      offset = zone.offset(instant) * 60;
      known.set(key, offset);
    }
    return offset;
  };
}
