import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import type { PostgresServer } from './postgres-server';
import { postgresProgram, runServer } from './run-server';

/** What a primary needs to have a standby. */
export const forStandby = ['wal_level=replica', 'max_wal_senders=3'];

/** A standby of another server, by streaming replication. */
export interface PostgresStandby {
  port: number;
  run: (sql: string, values?: unknown[]) => Promise<Array<Record<string, unknown>>>;
  /** Until it has all that its primary has written by now. */
  caughtUp: () => Promise<void>;
  stop: () => Promise<void>;
}

/** @param from port of the primary, or of what stands before it */
export async function startStandby(primary: PostgresServer, from = primary.port): Promise<PostgresStandby> {
  appendFileSync(path.join(primary.folder, 'pg_hba.conf'), 'host replication all 127.0.0.1/32 trust\n');
  await primary.run('SELECT pg_reload_conf()');
  const server = await runServer({
    user: 'postgres',
    files: {},
    prepare: (folder) => [
      postgresProgram('pg_basebackup'),
      ...['-h', '127.0.0.1', '-p', String(primary.port), '-U', String(primary.address.user)],
      ...['-D', `${folder}/data`, '-R', '-X', 'stream', '-c', 'fast', '--no-password'],
    ],
    program: (folder, port) => [
      postgresProgram('postgres'),
      ...['-D', `${folder}/data`, '-p', String(port), '-k', folder],
      ...[
        ...['listen_addresses=127.0.0.1', 'fsync=off', `hba_file=${primary.folder}/pg_hba.conf`],
        `primary_conninfo=host=127.0.0.1 port=${from} user=${primary.address.user}`,
      ].flatMap((setting) => ['-c', setting]),
    ],
    stopBy: 'SIGINT',
    probe: async (port) => {
      const pool = primary.pool({ port, database: 'postgres' });
      try {
        await pool.query('SELECT 1');
      } finally {
        await pool.end();
      }
    },
  });
  const session = new Pool({ ...primary.address, port: server.port, max: 1 }).on('error', () => undefined);
  const run: PostgresStandby['run'] = async (sql, values) =>
    (await session.query<Record<string, unknown>>(sql, values)).rows;
  return {
    port: server.port,
    run,
    caughtUp: async () => {
      const [at] = await primary.run('SELECT pg_current_wal_lsn()::text AS lsn');
      const asked = 'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS is_there';
      while (!(await run(asked, [at!.lsn]))[0]!.is_there) {
        await sleep(20);
      }
    },
    stop: async () => {
      await session.end();
      await server.stop();
    },
  };
}
