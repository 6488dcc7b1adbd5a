import { measuresOfFormula, termsOf, type Formula, type Terms } from '../../cdr/formula';
import type { Ranking } from '../../cdr/highest-groups';
import { measures, type Fact } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import type { Binds } from './binds';
import { sumSql } from './sum-sql';
import { columnName } from './table';

/** Statement that gives `g0`, `g1` … of the highest groups of a plan's whole range: the counterpart of `highestGroups`. */
export function highestSql(plan: StatisticsPlan, { formula, facts, count }: Ranking, binds: Binds): string {
  const { byCodePoint } = binds.dialect;
  const groups = plan.groupBy.map((_, place) => `g${place}`).join(', ');
  const names = plan.groupBy.map((_, place) => byCodePoint(`coalesce(r.g${place}, '')`));
  const order = [`${formulaSql(formula)} DESC NULLS LAST`, ...names].join(', ');
  return `SELECT ${groups} FROM (${sumsSql(plan, formula, facts, binds)}) r ORDER BY ${order} LIMIT ${count}`;
}

/** The measures of a formula for each group that has facts of any of these kinds. */
function sumsSql(plan: StatisticsPlan, formula: Formula, facts: readonly Fact[], binds: Binds): string {
  const { byCodePoint, toDouble } = binds.dialect;
  const wanted = measuresOfFormula(formula);
  const whole = { ...plan, buckets: null };
  const own = facts.map((fact) => {
    const groups = plan.groupBy.map((_, place) => `${byCodePoint(`s.g${place}`)} AS g${place}`);
    const sums = wanted.map((measure) => {
      const column = columnName(measure);
      return `${measures[measure] === fact ? `s.${column}` : toDouble('0')} AS ${column}`;
    });
    return `SELECT ${[...groups, ...sums].join(', ')} FROM (${sumSql(fact, whole, wanted, binds)}) s`;
  });
  if (own.length === 1) {
    return own[0]!;
  }
  const groups = plan.groupBy.map((_, place) => `u.g${place}`);
  // Each measure is of one kind of facts.
  const sums = wanted.map((measure) => `sum(u.${columnName(measure)}) AS ${columnName(measure)}`);
  return `SELECT ${[...groups, ...sums].join(', ')} FROM (${own.join(' UNION ALL ')}) u GROUP BY ${groups.join(', ')}`;
}

/** The counterpart of `formulaValue`. */
function formulaSql({ part, per, ofAny }: Formula): string {
  const value = per ? `${per.scale} * (${termsSql(part)}) / nullif(${termsSql(per.whole)}, 0)` : termsSql(part);
  return ofAny ? `CASE WHEN r.${columnName(ofAny)} > 0 THEN ${value} END` : value;
}

function termsSql(terms: Terms): string {
  return termsOf(terms)
    .map(([measure, sign], place) => `${sign === -1 ? '- ' : place > 0 ? '+ ' : ''}r.${columnName(measure)}`)
    .join(' ');
}
