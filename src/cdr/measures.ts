/** The kinds of rows that figures are summed from. `made`: a call as a fact of the agent who made it, not of those who answered. */
export type Fact = 'call' | 'visit' | 'leg' | 'made' | 'transfer' | 'record' | 'stretch' | CallerFact;
/**
 * Those that are made of all calls of a telephone number: a lost caller as its last try, and each call of a number. Each lost call
 * of a number that is withheld stands among lost callers and counts apart.
 */
export type CallerFact = 'lostCaller' | 'contact';

/**
 * Sums over facts, each the same in the pure reducer and in the store's SQL. They add up over time buckets and groups
 * (of `extremes` the least or the most counts), so a rate of a whole is never an average of rates.
 */
export const measures = {
  calls: 'call',
  answered: 'call',
  abandoned: 'call',
  missed: 'call',
  busy: 'call',
  failed: 'call',
  selfServed: 'call',
  /** Calls whose records carry no LinkedID. */
  unmapped: 'call',
  talkSeconds: 'call',
  ringSeconds: 'call',
  offered: 'visit',
  visitsAnswered: 'visit',
  visitsAbandoned: 'visit',
  answeredWithin: 'visit',
  abandonedWithin: 'visit',
  /** Abandoned so soon that nobody could have answered, by a threshold of its own. */
  abandonedShort: 'visit',
  waits: 'visit',
  waitSeconds: 'visit',
  answeredWaitSeconds: 'visit',
  longestWait: 'visit',
  /** Answered visits whose talk has ended. */
  visitTalks: 'visit',
  visitTalkSeconds: 'visit',
  /** Visits told from records, since no queue events came. */
  derivedVisits: 'visit',
  /** Visits that only the PBX's queue_log told of. */
  importedVisits: 'visit',
  handled: 'leg',
  notAnswered: 'leg',
  refused: 'leg',
  /** Handled calls whose talk has ended. */
  handleTalks: 'leg',
  handleSeconds: 'leg',
  /** Those of queue calls. */
  queueTalkSeconds: 'leg',
  made: 'made',
  madeOutbound: 'made',
  madeTalkSeconds: 'made',
  transfers: 'transfer',
  blindTransfers: 'transfer',
  attendedTransfers: 'transfer',
  /** Transfers told from records, since no event could tell them. */
  derivedTransfers: 'transfer',
  records: 'record',
  stretches: 'stretch',
  loggedInSeconds: 'stretch',
  pausedSeconds: 'stretch',
  wrapUpSeconds: 'stretch',
  /** Epoch milliseconds. */
  firstSeen: 'stretch',
  lastSeen: 'stretch',
  lostCallers: 'lostCaller',
  lostCalledBack: 'lostCaller',
  lostCameThrough: 'lostCaller',
  /** From the last try to the call that called back. */
  callBackSeconds: 'lostCaller',
  /** Seconds since the last try of the one who waits longest. */
  longestLost: 'lostCaller',
  /** Lost calls of numbers that are withheld, whom nobody can call back. */
  lostWithheld: 'lostCaller',
  contacts: 'contact',
  repeatCalls: 'contact',
  /** Answered so long ago that all repeated calls are known. */
  decidedContacts: 'contact',
  /** Those of them without a repeated call. */
  resolvedContacts: 'contact',
} as const satisfies Record<string, Fact>;

export type Measure = keyof typeof measures;

/** Measures that do not add up, and how two become one. */
export const extremes: Partial<Record<Measure, (a: number, b: number) => number>> = {
  longestWait: Math.max,
  longestLost: Math.max,
  firstSeen: Math.min,
  lastSeen: Math.max,
};

/** The kinds of facts that measures are summed from. */
export function factsOf(wanted: readonly Measure[]): Fact[] {
  return [...new Set(wanted.map((measure) => measures[measure]))];
}
