/** A PBX at this moment, as far as it can be heard. */
export interface ServerNow {
  server: string;
  state: 'up' | 'down';
  /** Seconds since anything of it arrived; a quiet PBX answers a Ping every 15 seconds. */
  silentSeconds: number;
  /** Since when it is heard without a break, epoch milliseconds; null where it is not, or only elsewhere. */
  heardSince: number | null;
  /** Seconds that its clock is ahead of ours; null until it answered a Ping. */
  clockOffset: number | null;
  /** Whether it sends when phones are answered (read class call); null until a few of its calls have ended. */
  sendsDialEnds: boolean | null;
}
