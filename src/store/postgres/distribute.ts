import type { Session } from './session';

/** Tables of calls: all of a call is on one shard. */
const byCall = ['record', 'queue_event', 'call', 'queue_visit', 'agent_leg', 'undated'];
/** Small ones, which every node has whole. */
const everywhere = [
  ...['derivation', 'derivation_run', 'gap', 'restart', 'heard', 'import_state', 'imported', 'pbx_clock'],
  ...['queue_reading', 'queue_difference', 'schema_version'],
];

/** Spreads the tables of a schema by Citus, those that are not yet. */
export async function distribute(session: Session, schema: string): Promise<void> {
  const { rows } = await session.run(
    'SELECT c.relname AS name FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid ' +
      'JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1',
    [schema]
  );
  const spread = new Set(rows.map(({ name }) => String(name)));
  const missing = (tables: readonly string[]): string[] => tables.filter((table) => !spread.has(table));
  for (const table of missing(byCall)) {
    const colocated = table === byCall[0] ? 'none' : byCall[0];
    await session.run('SELECT create_distributed_table($1::regclass, $2, colocate_with => $3)', [
      table,
      'linked_id',
      colocated,
    ]);
  }
  for (const table of missing(['agent_stretch'])) {
    await session.run("SELECT create_distributed_table($1::regclass, 'server', colocate_with => 'none')", [table]);
  }
  for (const table of missing(everywhere)) {
    await session.run('SELECT create_reference_table($1::regclass)', [table]);
  }
}
