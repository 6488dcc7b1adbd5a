import { callSums, quarterOf } from '../sql/call-sums';
import type { Session } from './session';

/** Expression: whether sums of calls are kept, and may be read. Not where Citus spreads calls. */
export const callSumsAreKept = `coalesce(has_table_privilege(to_regclass('${callSums.table}'), 'SELECT'), false)`;

/** Of calls that were removed with the whole month they are in, which no trigger hears of. Epoch milliseconds. */
export async function removeCallSums(session: Session, before: number): Promise<void> {
  const { rows } = await session.run(`SELECT ${callSumsAreKept} AS kept`);
  if (rows[0]!.kept) {
    await session.run(`DELETE FROM ${callSums.table} WHERE ${callSums.time} < $1::bigint`, [quarterOf(before)]);
  }
}

/** Before Citus spreads calls: it refuses a table with triggers. */
export async function dropCallSums(session: Session): Promise<void> {
  await session.run('DROP FUNCTION IF EXISTS keep_call_sums() CASCADE');
  await session.run(`DROP TABLE IF EXISTS ${callSums.table}`);
}
