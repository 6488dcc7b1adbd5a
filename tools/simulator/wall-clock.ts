import { IANAZone } from 'luxon';

/** Seconds that a zone's wall clock is ahead of UTC at an instant. */
export function zoneOffset(instant: number, zone: string): number {
  return IANAZone.create(zone).offset(instant) * 60;
}

/** `2026-11-24 13:25:00`, as Asterisk writes times: the wall clock of its zone, and no word about the zone. */
export function wallClock(instant: number, zone: string): string {
  return new Date(instant + zoneOffset(instant, zone) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
