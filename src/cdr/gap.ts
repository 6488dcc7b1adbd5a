/**
 * A stretch of time in which a PBX could not be heard, so that calls of it may be missing: amiws keeps no history.
 * Times in epoch milliseconds.
 */
export interface Gap {
  server: string;
  /** When the PBX was last heard. */
  startTime: number;
  /** When it was heard again; null while it is not. */
  endTime: number | null;
  reason: GapReason;
}

/** `stopped`: the data source did not run. `disconnected`: amiws was away. `silent`: amiws was there, the PBX was not. */
export const gapReasons = ['stopped', 'disconnected', 'silent'] as const;
export type GapReason = (typeof gapReasons)[number];

/** The reason as part of a sentence. */
export const gapReasonTexts: Readonly<Record<GapReason, string>> = {
  stopped: 'the data source was not running',
  disconnected: 'amiws was not connected',
  silent: 'the PBX sent nothing through amiws',
};
