import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import { postgresProgram, runServer, type RunningServer } from './run-server';

/** A database with an owner, who fills it, and a reader who has SELECT on `cdr` and nothing else. */
export interface TestDatabase {
  type: 'mysql' | 'postgres';
  port: number;
  /** Runs statements as the owner. */
  run: (sql: string, values?: unknown[]) => Promise<void>;
  stop: () => Promise<void>;
}

export const reader = { user: 'grafana', password: 'r\'ead"er' };
const database = 'asteriskcdrdb';

export async function startMariadb(): Promise<TestDatabase> {
  const connect = (port: number) =>
    createConnection({ host: '127.0.0.1', port, user: 'owner', password: 'owner', multipleStatements: true });
  const init =
    `CREATE USER owner@'%' IDENTIFIED BY 'owner'; GRANT ALL ON *.* TO owner@'%' WITH GRANT OPTION; ` +
    `CREATE USER ${reader.user}@'%' IDENTIFIED BY 'r''ead"er'; CREATE DATABASE ${database};`;
  const server = await runServer({
    user: 'mysql',
    prepare: (folder) => [
      'sh',
      '-c',
      `mariadb-install-db --no-defaults --datadir=${folder}/data --skip-test-db --auth-root-authentication-method=normal && ` +
        `printf '%s' "$0" > ${folder}/init.sql`,
      init.replaceAll('; ', ';\n'),
    ],
    program: (folder, port) => [
      'mariadbd',
      '--no-defaults',
      `--datadir=${folder}/data`,
      `--socket=${folder}/socket`,
      `--init-file=${folder}/init.sql`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=0',
      '--skip-name-resolve',
    ],
    stopBy: 'SIGTERM',
    probe: async (port) => (await connect(port)).end(),
  });
  const owner = await connect(server.port);
  await owner.query(`USE ${database}`);
  return withOwner(
    'mysql',
    server,
    (sql, values) => owner.query(sql, values),
    () => owner.end()
  );
}

export async function startPostgres(): Promise<TestDatabase> {
  const connect = async (port: number, name: string) => {
    const client = new Client({ host: '127.0.0.1', port, user: 'owner', password: 'owner', database: name });
    await client.connect();
    return client;
  };
  const server = await runServer({
    user: 'postgres',
    prepare: (folder) => [
      'sh',
      '-c',
      `printf owner > ${folder}/password && ` +
        `${postgresProgram('initdb')} -D ${folder}/data -U owner -A scram-sha-256 --pwfile=${folder}/password -E UTF8`,
    ],
    program: (folder, port) => [
      postgresProgram('postgres'),
      ...['-D', `${folder}/data`, '-p', String(port), '-k', folder],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'timezone=Europe/Paris'],
    ],
    stopBy: 'SIGINT',
    probe: async (port) => (await connect(port, 'postgres')).end(),
  });
  const admin = await connect(server.port, 'postgres');
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.query(`CREATE ROLE ${reader.user} LOGIN PASSWORD 'r''ead"er'`);
  await admin.end();
  const owner = await connect(server.port, database);
  return withOwner(
    'postgres',
    server,
    (sql, values) => owner.query(sql, values),
    () => owner.end()
  );
}

function withOwner(
  type: TestDatabase['type'],
  server: RunningServer,
  query: (sql: string, values?: unknown[]) => Promise<unknown>,
  end: () => Promise<void>
): TestDatabase {
  return {
    type,
    port: server.port,
    run: async (sql, values) => {
      await query(sql, values);
    },
    stop: async () => {
      await end();
      await server.stop();
    },
  };
}
