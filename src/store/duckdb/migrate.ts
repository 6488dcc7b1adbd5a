import type { Connection } from './file-connection';
import { migrations } from './migrations';

/**
 * Brings a store to today's schema, in one transaction.
 * @throws Error when the store was written by a newer version of the plugin
 */
export async function migrate(connection: Connection): Promise<void> {
  await connection.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER)');
  const reader = await connection.runAndReadAll('SELECT coalesce(max(version), 0) AS version FROM schema_version');
  const version = Number(reader.getRowObjectsJS()[0]!.version);
  if (version > migrations.length) {
    throw new Error(
      `The store has schema version ${version}, this version of the plugin knows up to ${migrations.length}. ` +
        'Install the newer plugin again, or move the file away to begin a new store.'
    );
  }
  if (version === migrations.length) {
    return;
  }
  await connection.run('BEGIN');
  try {
    for (const statement of migrations.slice(version).flat()) {
      await connection.run(statement);
    }
    await connection.run('INSERT INTO schema_version VALUES ($1::INTEGER)', [migrations.length]);
    await connection.run('COMMIT');
  } catch (error) {
    // A commit that failed has ended the transaction.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
