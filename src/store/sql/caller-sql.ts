import type { ContactKind } from '../../cdr/contact';
import type { CallerFact, Fact } from '../../cdr/measures';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import type { Binds } from './binds';
import { contactKindSql, contactNumberSql, contactPlace, isOfKind } from './contact-sql';

type Range = Pick<StatisticsPlan, 'from' | 'to'>;
type Joins = Record<CallerFact, (plan: StatisticsPlan, binds: Binds) => string>;

/**
 * Facts of callers are calls `f`, joined with what other calls of the same number tell of them, `n`: the counterpart of
 * `callerRows`. Few columns are put in the order of numbers, and on a cluster brought to one node.
 */
const joins: Joins = {
  // The last try of each lost caller, what reached them, and lost calls of numbers that are withheld.
  lostCaller: (plan, binds) => {
    const { lostWithin } = plan.callers!;
    const within = binds.integer(lostWithin);
    const lost = contactPlace('lost');
    const followed =
      'SELECT server, linked_id, began, kind, number, lead(began) OVER calls AS next_began, lead(kind) OVER calls AS next_kind ' +
      `FROM (${contactsAround(['lost', 'cameThrough', 'calledBack'], plan, 0, lostWithin, binds)}) c ` +
      'WINDOW calls AS (PARTITION BY number ORDER BY began, kind, linked_id, server)';
    // Whoever is lost again before anything reached them stands as that later try.
    return (
      `SELECT server, linked_id, CASE WHEN next_kind <> ${lost} AND next_began <= began + ${within} THEN next_began END AS reached, ` +
      `next_kind = ${contactPlace('cameThrough')} AS came_through, number = '' AS withheld FROM (${followed}) w WHERE kind = ${lost} ` +
      `AND (number = '' OR next_kind IS NULL OR next_kind <> ${lost} OR next_began > began + ${within})`
    );
  },
  // Every call of a number, and when it called before and after.
  contact: (plan, binds) => repeatedCallsSql(plan, plan.callers!.repeatWithin, binds),
};

/** Each inbound call of a range that names its number, and when the number called before and after, so many milliseconds at most. */
export function repeatedCallsSql(range: Range, within: number, binds: Binds): string {
  const kinds = ['cameThrough', 'selfServed', 'lost'] as const;
  return (
    'SELECT server, linked_id, number, began, kind, lag(began) OVER calls AS called_before, lead(began) OVER calls AS called_after ' +
    `FROM (${contactsAround(kinds, range, within, within, binds)}) c WHERE number <> '' ` +
    'WINDOW calls AS (PARTITION BY number ORDER BY began, kind, linked_id, server)'
  );
}

/** JOIN of what makes calls facts of callers; nothing for other facts. */
export function callerJoinSql(fact: Fact, plan: StatisticsPlan, binds: Binds): string {
  return isCallerFact(fact)
    ? `JOIN (${joins[fact](plan, binds)}) n ON n.linked_id = f.linked_id AND n.server = f.server `
    : '';
}

function isCallerFact(fact: Fact): fact is CallerFact {
  return fact in joins;
}

/** The contacts of a range, and of so many milliseconds before and after it; of numbers that are withheld the lost calls alone. */
function contactsAround(
  kinds: readonly ContactKind[],
  { from, to }: Range,
  before: number,
  after: number,
  binds: Binds
): string {
  return (
    'SELECT server, linked_id, began, kind, number FROM ' +
    `(SELECT f.server, f.linked_id, f.start_time AS began, ${contactKindSql} AS kind, ${contactNumberSql(binds.dialect)} AS number ` +
    `FROM call f WHERE f.start_time >= ${binds.integer(from - before)} AND f.start_time < ${binds.integer(to + after)} ` +
    `AND ${isOfKind(...kinds)}) a WHERE number <> '' OR kind = ${contactPlace('lost')}`
  );
}
