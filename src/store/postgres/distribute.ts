import { dropCallSums } from './call-sums';
import type { Session } from './session';

/** Where the rows of a table are in a cluster. */
type Place = 'with its call' | 'with its agent' | 'on every node' | 'on the coordinator';

export const places: Readonly<Record<string, Place>> = {
  // All of a call is on one shard, so that parts of calls are joined where they are.
  record: 'with its call',
  queue_event: 'with its call',
  call: 'with its call',
  queue_visit: 'with its call',
  agent_leg: 'with its call',
  transfer: 'with its call',
  undated: 'with its call',
  // Belongs to no call.
  agent_stretch: 'with its agent',
  // Small, and seldom written.
  derivation: 'on every node',
  derivation_run: 'on every node',
  gap: 'on every node',
  restart: 'on every node',
  import_state: 'on every node',
  imported: 'on every node',
  pbx_clock: 'on every node',
  queue_reading: 'on every node',
  queue_difference: 'on every node',
  learned_name: 'on every node',
  forgotten: 'on every node',
  schema_version: 'on every node',
  // Written each second or with each batch, and joined with nothing: a commit on every node would be waited for.
  lease: 'on the coordinator',
  heard: 'on the coordinator',
  heard_span: 'on the coordinator',
  pbx_board: 'on the coordinator',
  change: 'on the coordinator',
};

/** Statement that brings a table to its place. */
const moves: Readonly<Record<Place, ((table: string) => string) | null>> = {
  'with its call': (table) =>
    `create_distributed_table('${table}', 'linked_id', colocate_with => '${table === 'record' ? 'none' : 'record'}')`,
  'with its agent': (table) => `create_distributed_table('${table}', 'agent', colocate_with => 'none')`,
  'on every node': (table) => `create_reference_table('${table}')`,
  'on the coordinator': null,
};

/**
 * Tables of a schema that are not in their place in the cluster yet.
 * @throws Error where the database is part of none
 */
export async function unplaced(session: Session, schema: string): Promise<string[]> {
  const { rows: extension } = await session.run("SELECT FROM pg_extension WHERE extname = 'citus'");
  if (extension.length === 0) {
    throw new Error(
      'The database has no extension Citus. Run CREATE EXTENSION citus in it on every node, which needs ' +
        "shared_preload_libraries = 'citus', or switch Distribute with Citus off under Storage."
    );
  }
  const { rows } = await session.run(
    'SELECT c.relname AS name FROM pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid ' +
      'JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1',
    [schema]
  );
  const placed = new Set(rows.map(({ name }) => String(name)));
  return Object.keys(places).filter((table) => moves[places[table]!] !== null && !placed.has(table));
}

/** Brings tables of the session's schema to their places, with the rows that they have. */
export async function distribute(session: Session, tables: readonly string[]): Promise<void> {
  // All of them at once, records before their calls as questions have them: one that had a table and waited for the next
  // would end with a deadlock.
  if (tables.length > 0) {
    await session.run(`LOCK TABLE ${tables.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  }
  if (tables.includes('call')) {
    await dropCallSums(session);
  }
  for (const table of tables) {
    await session.run(`SELECT ${moves[places[table]!]!(table)}`);
    // Rows that were there before would keep their space, seen by nobody.
    await session.run(`SELECT truncate_local_data_after_distributing_table('${table}')`);
  }
}
