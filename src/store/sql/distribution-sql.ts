import { distributions, type Distribution, type Phase, type SecondCounts } from '../../cdr/distributions';
import type { Fact } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import { maxSecondCounts } from '../../answers/answer-bounds';
import type { Binds } from './binds';
import { cutSql } from './sum-sql';

const answered = (column: string): string => `CASE WHEN f.visit_outcome = 'answered' THEN ${column} END`;

/** Seconds that a fact spent in a phase, null where it had none or has not ended: the counterpart of `FactRow.seconds`. */
const secondsSql: Partial<Record<Fact, Partial<Record<Phase, string>>>> = {
  call: {
    wait: "CASE WHEN f.queue <> '' THEN f.wait_time END",
    ring: "CASE WHEN f.outcome = 'answered' THEN coalesce(f.ring_time, 0) END",
    talk: "CASE WHEN f.outcome = 'answered' THEN f.talk_time END",
  },
  visit: {
    wait: "CASE WHEN f.visit_outcome IN ('answered', 'abandoned') THEN f.wait_time END",
    answer: answered('coalesce(f.answer_delay, f.wait_time)'),
    talk: answered('f.talk_time'),
  },
  leg: {
    ring: 'f.ring_time',
    talk: 'CASE WHEN f.answered THEN f.talk_time END',
  },
};

/** Those that a plan asks for of facts of some kinds. */
export function distributionsOf(plan: StatisticsPlan, facts: readonly Fact[]): Distribution[] {
  return (plan.distributions ?? []).filter((distribution) => facts.includes(distributions[distribution].fact));
}

/**
 * Statement that gives `bucket`, `g0`, `g1` … and in `counts` each number of seconds and how many facts spent as many, as in
 * `3:10 7:1`. Facts are counted by seconds where they are stored, on the shards of a cluster too, so that what is left to do is the
 * same for every database: none has to sort all facts of a group, nor is asked what it takes for a percentile.
 */
export function distributionSql(distribution: Distribution, plan: StatisticsPlan, binds: Binds): string {
  const { fact, phase } = distributions[distribution];
  const { toText } = binds.dialect;
  const cut = cutSql(fact, plan, binds);
  const seconds = secondsSql[fact]![phase]!;
  const keys = ['bucket', ...plan.groupBy.map((_, index) => `g${index}`)].map((name) => `v.${name}`).join(', ');
  const counted =
    `SELECT ${[...cut.columns, `${seconds} AS seconds`, 'count(*) AS facts'].join(', ')} ${cut.rows()} ` +
    `AND ${seconds} IS NOT NULL GROUP BY ${[...cut.columns, 'seconds'].map((_, index) => index + 1).join(', ')} ` +
    `LIMIT ${maxSecondCounts + 1}`;
  const counts = `string_agg(${toText('v.seconds')} || ':' || ${toText('v.facts')}, ' ')`;
  return `SELECT ${keys}, ${counts} AS counts FROM (${counted}) v GROUP BY ${keys}`;
}

/** The counts of one row of `distributionSql`. */
export function secondCountsOf({ counts }: Readonly<Record<string, unknown>>): SecondCounts {
  return new Map(
    String(counts)
      .split(' ')
      .map((one): [number, number] => {
        const [seconds, facts] = one.split(':');
        return [Number(seconds), Number(facts)];
      })
  );
}
