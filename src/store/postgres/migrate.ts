import { escapeIdentifier, type Pool } from 'pg';
import { distribute, unplaced } from './distribute';
import { migrations } from './migrations';
import { inTransaction, type Session } from './session';
import { storeLock } from './store-lock';

/** Tables of a large store may be rewritten. Milliseconds. */
const statementMs = 3_600_000;
/** Citus changes one shard after the other, as it asks for where indexes have long names; PostgreSQL has no such setting. */
const settings = { 'citus.multi_shard_modify_mode': 'sequential' };

/**
 * Makes a schema, or brings it to today's version, while no other process does. One that is up to date is only read.
 * @throws Error when the schema was written by a newer version of the plugin
 */
export async function migrate(pool: Pool, schema: string, citus: boolean): Promise<void> {
  // So that a standby, and a role that only reads, can be asked.
  const reading = { mode: 'READ ONLY', schema, statementMs } as const;
  if ((await inTransaction(pool, reading, (session) => versionOf(session, schema))) !== migrations.length) {
    await bringUpToDate(pool, schema);
  }
  if (citus && (await inTransaction(pool, reading, (session) => unplaced(session, schema))).length > 0) {
    await inTransaction(pool, { ...reading, mode: 'READ WRITE' }, async (session) => {
      await session.run(...storeLock(schema));
      // Another process may have done it meanwhile.
      await distribute(session, await unplaced(session, schema));
    });
  }
}

async function bringUpToDate(pool: Pool, schema: string): Promise<void> {
  await inTransaction(pool, { mode: 'READ WRITE', schema, settings, statementMs }, async (session) => {
    await session.run(...storeLock(schema));
    const version = await versionOf(session, schema);
    if (version === null) {
      await refuseOtherEncodings(session);
      await createSchema(session, schema);
      await session.run('CREATE TABLE schema_version (version INTEGER)');
    }
    for (const statement of migrations.slice(version ?? 0).flat()) {
      await session.run(statement);
    }
    await session.run('DELETE FROM schema_version');
    await session.run('INSERT INTO schema_version VALUES ($1)', [migrations.length]);
  });
}

/** @throws Error where the database has a text as other characters, or keeps not all of them */
async function refuseOtherEncodings(session: Session): Promise<void> {
  const { rows } = await session.run('SHOW server_encoding');
  const encoding = String(rows[0]!.server_encoding);
  if (encoding !== 'UTF8') {
    throw new Error(
      `The database has the encoding ${encoding}, a store needs UTF8: make another database with ` +
        "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and name that in the settings."
    );
  }
}

/** One that its owner made before needs no right to make any: IF NOT EXISTS would ask for that first. */
async function createSchema(session: Session, schema: string): Promise<void> {
  const { rows } = await session.run('SELECT FROM pg_namespace WHERE nspname = $1', [schema]);
  if (rows.length === 0) {
    await session.run(`CREATE SCHEMA ${escapeIdentifier(schema)}`);
  }
}

/** Null where there is no schema, or none of a store. */
async function versionOf(session: Session, schema: string): Promise<number | null> {
  const { rows } = await session.run("SELECT to_regclass(quote_ident($1) || '.schema_version') IS NOT NULL AS found", [
    schema,
  ]);
  if (!rows[0]!.found) {
    return null;
  }
  const found = await session.run('SELECT coalesce(max(version), 0) AS version FROM schema_version');
  const version = Number(found.rows[0]!.version);
  if (version > migrations.length) {
    throw new Error(
      `The schema ${schema} has version ${version}, this version of the plugin knows up to ${migrations.length}. ` +
        'Install the newer plugin again, or choose another schema to begin a new store.'
    );
  }
  return version;
}
