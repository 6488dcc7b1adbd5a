/** Numbers that hold where nothing is saved. */
export const defaultSettings = {
  /** Calls that a browser keeps. */
  keepCalls: 10_000,
  /** Seconds. */
  serviceLevelThreshold: 20,
  /** Last digits of a masked number that stay. */
  maskDigitsShown: 4,
  /** Days that records are kept. */
  retentionDays: 400,
} as const;
