import { callSums, quarterOf } from '../sql/call-sums';
import type { Session } from './session';

/** Whether sums of calls are kept, and may be read: not where Citus spreads calls. */
export async function keepsCallSums(session: Session): Promise<boolean> {
  const { rows } = await session.run("SELECT coalesce(has_table_privilege(to_regclass($1), 'SELECT'), false) AS kept", [
    callSums.table,
  ]);
  return rows[0]!.kept === true;
}

/** Of calls that were removed with the whole month they are in, which no trigger hears of. Epoch milliseconds. */
export async function removeCallSums(session: Session, before: number): Promise<void> {
  if (await keepsCallSums(session)) {
    await session.run(`DELETE FROM ${callSums.table} WHERE ${callSums.time} < $1::bigint`, [quarterOf(before)]);
  }
}

/** Before Citus spreads calls: it refuses a table with triggers. */
export async function dropCallSums(session: Session): Promise<void> {
  await session.run('DROP FUNCTION IF EXISTS keep_call_sums() CASCADE');
  await session.run(`DROP TABLE IF EXISTS ${callSums.table}`);
}
