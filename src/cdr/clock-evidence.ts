import { uniqueIdTime } from './wall-clock';

const second = 1000;
/** No zone's offset is other than a multiple of a quarter of an hour. Seconds. */
const quarter = 900;
/** No place on earth is further from UTC. Seconds. */
const farthest = 15 * 3600;
/** Whole seconds, rounded apart. Seconds. */
const rounding = 2;
/** A PBX clock may be so far off ours until a Ping has measured it. Seconds. */
const skew = 60;

/** A record as it arrived. Milliseconds; `end` as the PBX's wall clock showed it, read as UTC. */
export interface Arrival {
  end: number;
  /** By the PBX's clock. */
  at: number;
}

/**
 * What one record shows of its PBX's offset, in seconds ahead of UTC. No record begins before its own channel, whose
 * start UniqueID tells, and none ends after it arrived: the offset lies between. Null where the record shows nothing.
 */
export interface ClockEvidence {
  /** The instant that it is of, epoch milliseconds. */
  at: number;
  earliest: number | null;
  latest: number | null;
  /** The record began in the second of its channel, as most do. */
  isExact: boolean;
}

/** @param wall start as the PBX's wall clock showed it, in milliseconds read as UTC */
export function clockEvidence(wall: number, uniqueId: string, arrival: Arrival | null): ClockEvidence | null {
  const channelStart = uniqueIdTime(uniqueId);
  const ahead = channelStart === null ? null : (wall - channelStart) / second + rounding;
  const latest = ahead === null ? null : plausible(Math.floor(ahead / quarter) * quarter);
  const arrived = arrival && plausible(Math.ceil(((arrival.end - arrival.at) / second - skew) / quarter) * quarter);
  // Where they contradict each other, ours is not the PBX's clock: its own two times agree with each other.
  const earliest = latest !== null && arrived !== null && arrived > latest ? null : arrived;
  if (latest === null && earliest === null) {
    return null;
  }
  return {
    at: latest === null ? arrival!.at : channelStart!,
    earliest,
    latest,
    isExact: latest !== null && ahead! - latest <= 2 * rounding,
  };
}

function plausible(offset: number): number | null {
  return Math.abs(offset) <= farthest ? offset : null;
}
