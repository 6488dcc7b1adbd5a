/**
 * A stretch of time of which calls may be missing, since a PBX could not be heard, for amiws keeps no history, since it
 * told no records, or since the store took nothing for too long. Times in epoch milliseconds.
 */
export interface Gap {
  server: string;
  /** When the PBX was last heard. */
  startTime: number;
  /** When it was heard again; null while it is not. */
  endTime: number | null;
  reason: GapReason;
  /** True where the calls were read from the PBX's own records since. */
  filled?: boolean;
  /** True where what its queues did was read from its queue_log since. */
  queuesFilled?: boolean;
}

/**
 * `stopped`: the data source did not run. `disconnected`: amiws was away. `silent`: amiws was there, the PBX was not.
 * `unrecorded`: calls of the PBX ended, and no records of them came.
 * `dropped`: the PBX was heard, and what it told was dropped, since the store took none and memory was full.
 * `lost`: it was stored, and is gone from the store, whose file was damaged, cut short or replaced.
 */
export const gapReasons = ['stopped', 'disconnected', 'silent', 'unrecorded', 'dropped', 'lost'] as const;
export type GapReason = (typeof gapReasons)[number];

/** Reasons for which calls are known to be missing, however short the gap is. */
const losses: readonly GapReason[] = ['unrecorded', 'dropped', 'lost'];

/**
 * The gaps of at least so many milliseconds together; none where they are shorter, but for those that go on and those in which
 * calls are known to be missing.
 */
export function lastingGaps(gaps: readonly Gap[], least: number): Gap[] {
  const length = gaps.reduce((sum, { startTime, endTime }) => sum + (endTime ?? startTime) - startTime, 0);
  return length >= least
    ? [...gaps]
    : gaps.filter(({ endTime, reason }) => endTime === null || losses.includes(reason));
}
