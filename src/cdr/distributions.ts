import type { Fact } from './measures';

/** What seconds of a fact are spent in. `answer`: from joining a queue until the member answers, as service levels count. */
export const phases = ['wait', 'answer', 'ring', 'talk'] as const;
export type Phase = (typeof phases)[number];

/** Seconds that facts of one kind spend in one phase; docs/metrics.md says which facts have any. */
export const distributions = {
  waitTime: { fact: 'visit', phase: 'wait' },
  answerTime: { fact: 'visit', phase: 'answer' },
  queueTalkTime: { fact: 'visit', phase: 'talk' },
  talkTime: { fact: 'call', phase: 'talk' },
  ringTime: { fact: 'call', phase: 'ring' },
  handleTime: { fact: 'leg', phase: 'talk' },
} as const satisfies Record<string, { fact: Fact; phase: Phase }>;

export type Distribution = keyof typeof distributions;

/** Seconds to the number of facts that spent just as many: they add up over time buckets and groups, as sums do. */
export type SecondCounts = Map<number, number>;
export type Distributions = Partial<Record<Distribution, SecondCounts>>;

export function addSeconds(to: Distributions, distribution: Distribution, seconds: number, facts: number): void {
  const counts = (to[distribution] ??= new Map<number, number>());
  counts.set(seconds, (counts.get(seconds) ?? 0) + facts);
}

/**
 * The nearest rank: the least number of seconds that at least `percent` percent of the facts do not exceed. It is a value
 * that occurred, never one between two. Null without facts.
 * @param percent whole, 1 to 100
 */
export function percentileOf(counts: SecondCounts | undefined, percent: number): number | null {
  const sorted = [...(counts ?? [])].sort(([a], [b]) => a - b);
  const rank = Math.ceil((percent * sorted.reduce((sum, [, facts]) => sum + facts, 0)) / 100);
  let seen = 0;
  return sorted.find(([, facts]) => (seen += facts) >= rank)?.[0] ?? null;
}
