import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import type { Certificate } from '../self-signed-certificate';
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
const owner = { host: '127.0.0.1', user: 'owner', password: 'owner' };
const database = 'asteriskcdrdb';

/** What a server is started with: with a certificate it takes nothing but TLS. */
const filesOf = (certificate: Certificate | undefined): Record<string, string> =>
  certificate ? { 'server.crt': certificate.cert, 'server.key': certificate.key } : {};
const tlsOf = (certificate: Certificate | undefined) => (certificate ? { ssl: { ca: certificate.cert } } : {});

export async function startMariadb(certificate?: Certificate): Promise<TestDatabase> {
  const connect = (port: number) =>
    createConnection({ ...owner, port, multipleStatements: true, ...tlsOf(certificate) });
  const server = await runServer({
    user: 'mysql',
    files: {
      ...filesOf(certificate),
      'init.sql':
        `CREATE USER owner@'%' IDENTIFIED BY 'owner';\nGRANT ALL ON *.* TO owner@'%' WITH GRANT OPTION;\n` +
        `CREATE USER ${reader.user}@'%' IDENTIFIED BY 'r''ead"er';\nCREATE DATABASE ${database};`,
    },
    prepare: (folder) => [
      'mariadb-install-db',
      ...['--no-defaults', `--datadir=${folder}/data`, '--skip-test-db', '--auth-root-authentication-method=normal'],
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
      ...(certificate
        ? [`--ssl-cert=${folder}/server.crt`, `--ssl-key=${folder}/server.key`, '--require-secure-transport=ON']
        : []),
    ],
    stopBy: 'SIGTERM',
    probe: async (port) => (await connect(port)).end(),
  });
  const connection = await connect(server.port);
  await connection.query(`USE ${database}`);
  return withOwner(
    'mysql',
    server,
    (sql, values) => connection.query(sql, values),
    () => connection.end()
  );
}

export async function startPostgres(certificate?: Certificate): Promise<TestDatabase> {
  const connect = async (port: number, name: string) => {
    const client = new Client({ ...owner, port, database: name, ...tlsOf(certificate) });
    await client.connect();
    return client;
  };
  const server = await runServer({
    user: 'postgres',
    files: {
      ...filesOf(certificate),
      password: 'owner',
      'pg_hba.conf': `${certificate ? 'hostssl' : 'host'} all all 127.0.0.1/32 scram-sha-256\n`,
    },
    prepare: (folder) => [
      postgresProgram('initdb'),
      ...['-D', `${folder}/data`, '-U', 'owner', '-A', 'scram-sha-256', `--pwfile=${folder}/password`, '-E', 'UTF8'],
    ],
    program: (folder, port) => [
      postgresProgram('postgres'),
      ...['-D', `${folder}/data`, '-p', String(port), '-k', folder],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'timezone=Europe/Paris'],
      ...['-c', `hba_file=${folder}/pg_hba.conf`],
      ...(certificate
        ? ['-c', 'ssl=on', '-c', `ssl_cert_file=${folder}/server.crt`, '-c', `ssl_key_file=${folder}/server.key`]
        : []),
    ],
    stopBy: 'SIGINT',
    probe: async (port) => (await connect(port, 'postgres')).end(),
  });
  const admin = await connect(server.port, 'postgres');
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.query(`CREATE ROLE ${reader.user} LOGIN PASSWORD 'r''ead"er'`);
  await admin.end();
  const client = await connect(server.port, database);
  return withOwner(
    'postgres',
    server,
    (sql, values) => client.query(sql, values),
    () => client.end()
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
