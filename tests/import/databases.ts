import { createConnection } from 'mysql2/promise';
import type { Certificate } from '../self-signed-certificate';
import { startPostgresServer } from '../support/postgres-server';
import { runServer } from '../support/run-server';

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
  return {
    type: 'mysql',
    port: server.port,
    run: async (sql, values) => {
      await connection.query(sql, values);
    },
    stop: async () => {
      await connection.end();
      await server.stop();
    },
  };
}

export async function startPostgres(certificate?: Certificate): Promise<TestDatabase> {
  const { port, run, stop } = await startPostgresServer({ database, certificate });
  await run(`CREATE ROLE ${reader.user} LOGIN PASSWORD 'r''ead"er'`);
  return {
    type: 'postgres',
    port,
    run: async (sql, values) => {
      await run(sql, values);
    },
    stop,
  };
}
