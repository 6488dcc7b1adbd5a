import type { Pool } from 'pg';
import type { PutStatement } from './statements-put';

/** A node of EXPLAIN (FORMAT JSON, VERBOSE), as far as it is read. Source: Citus, multi_explain.c. */
interface PlanNode {
  'Node Type': string;
  Plans?: PlanNode[];
  'Distributed Query'?: {
    Subplans?: Array<{ PlannedStmt: Explained[] }>;
    Job?: { Tasks?: Array<{ Query: string }> };
  };
}
interface Explained {
  Plan: PlanNode;
}

/** What of a statement a cluster does not leave to the nodes that have the rows. */
export type Detour = 'subplan' | 'aggregated by the coordinator' | 'limited by the coordinator';

/** @param pool of one connection */
export async function explainDetours(pool: Pool, { text, values, schema }: PutStatement): Promise<Detour[]> {
  await pool.query(`SET search_path TO "${schema}"`);
  const { rows } = await pool.query<{ 'QUERY PLAN': Explained[] }>(
    `EXPLAIN (FORMAT JSON, VERBOSE, COSTS OFF) ${text}`,
    [...values]
  );
  return detoursOf(rows[0]!['QUERY PLAN']);
}

function detoursOf(explained: readonly Explained[]): Detour[] {
  return [...new Set(explained.flatMap(({ Plan }) => detoursIn(Plan, [])))].sort();
}

function detoursIn(node: PlanNode, above: readonly string[]): Detour[] {
  const { Subplans = [], Job } = node['Distributed Query'] ?? {};
  const own = (Job?.Tasks ?? []).flatMap(({ Query }) => detoursOfTask(Query, above));
  const sub = Subplans.flatMap(({ PlannedStmt }): Detour[] => ['subplan', ...detoursOf(PlannedStmt)]);
  return [...own, ...sub, ...(node.Plans ?? []).flatMap((one) => detoursIn(one, [...above, node['Node Type']]))];
}

/** @param above what the coordinator does with the rows that nodes give for a query */
function detoursOfTask(query: string, above: readonly string[]): Detour[] {
  if (above.includes('Aggregate') || above.includes('Unique')) {
    return /GROUP BY|DISTINCT|\b(count|sum|min|max)\(/i.test(query) ? [] : ['aggregated by the coordinator'];
  }
  return above.includes('Limit') && !/ LIMIT /.test(query) ? ['limited by the coordinator'] : [];
}
