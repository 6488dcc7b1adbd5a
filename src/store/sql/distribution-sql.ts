import { distributions, type Distribution, type SecondCounts } from '../../cdr/distributions';
import type { Fact } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import { maxSecondCounts } from '../../answers/answer-bounds';
import type { Binds } from './binds';
import { secondsSql } from './seconds-sql';
import { cutSql } from './sum-sql';

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
  const seconds = secondsSql(fact, phase, binds)!;
  const keys = ['bucket', ...plan.groupBy.map((_, index) => `g${index}`)].map((name) => `v.${name}`).join(', ');
  const counted =
    `SELECT ${[...cut.columns, `${seconds} AS seconds`, 'count(*) AS facts'].join(', ')} ${cut.rows()} ` +
    `AND ${seconds} IS NOT NULL GROUP BY ${[...cut.keys, cut.columns.length + 1].join(', ')} ` +
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
