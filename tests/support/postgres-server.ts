import { Client, Pool, type PoolConfig } from 'pg';
import type { Certificate } from '../self-signed-certificate';
import { postgresProgram, runServer } from './run-server';

const owner = { host: '127.0.0.1', user: 'owner', password: 'owner' };

/** A PostgreSQL server of its own, as Debian has it, with one database. */
export interface PostgresServer {
  /** Stores are spread over the nodes of a cluster. */
  citus: boolean;
  port: number;
  /** What a client needs to connect as the owner. */
  address: Required<Pick<PoolConfig, 'host' | 'port' | 'user' | 'password' | 'database'>> & Pick<PoolConfig, 'ssl'>;
  /** Process of the server. */
  pid: number;
  /** Folder that its data are in. */
  folder: string;
  pool: (options?: PoolConfig) => Pool;
  /** Runs a statement as the owner. */
  run: (sql: string, values?: unknown[]) => Promise<Array<Record<string, unknown>>>;
  stop: () => Promise<void>;
}

interface PostgresWanted {
  database?: string;
  /** With one it takes nothing but TLS. */
  certificate?: Certificate;
  /** Settings of the server, such as `max_connections=10`. */
  settings?: readonly string[];
}

export async function startPostgresServer({
  database = 'store',
  certificate,
  settings = [],
}: PostgresWanted = {}): Promise<PostgresServer> {
  const ssl = certificate && { ca: certificate.cert };
  const connect = async (port: number, name: string): Promise<Client> => {
    const client = new Client({ ...owner, port, database: name, ssl });
    await client.connect();
    return client;
  };
  const server = await runServer({
    user: 'postgres',
    files: {
      ...(certificate ? { 'server.crt': certificate.cert, 'server.key': certificate.key } : {}),
      password: owner.password,
      'pg_hba.conf': `${certificate ? 'hostssl' : 'host'} all all 127.0.0.1/32 scram-sha-256\n`,
    },
    prepare: (folder) => [
      postgresProgram('initdb'),
      ...['-D', `${folder}/data`, '-U', owner.user, '-A', 'scram-sha-256', `--pwfile=${folder}/password`, '-E', 'UTF8'],
    ],
    program: (folder, port) => [
      postgresProgram('postgres'),
      ...['-D', `${folder}/data`, '-p', String(port), '-k', folder],
      ...['listen_addresses=127.0.0.1', 'fsync=off', 'timezone=Europe/Paris', `hba_file=${folder}/pg_hba.conf`]
        .concat(settings)
        .concat(
          certificate ? ['ssl=on', `ssl_cert_file=${folder}/server.crt`, `ssl_key_file=${folder}/server.key`] : []
        )
        .flatMap((setting) => ['-c', setting]),
    ],
    stopBy: 'SIGINT',
    probe: async (port) => (await connect(port, 'postgres')).end(),
  });
  const admin = await connect(server.port, 'postgres');
  await admin.query(`CREATE DATABASE ${database}`);
  await admin.end();
  const address = { ...owner, port: server.port, database, ssl };
  // One session as long as nothing breaks it: it is stopped, and started again, under its clients.
  const session = new Pool({ ...address, max: 1, idleTimeoutMillis: 0 });
  session.on('error', () => undefined);
  return {
    citus: false,
    port: server.port,
    address,
    pid: server.pid,
    folder: server.folder,
    pool: (options) => new Pool({ ...address, pipeline: true, ...options }),
    run: async (sql, values) => (await session.query<Record<string, unknown>>(sql, values)).rows,
    stop: async () => {
      await session.end();
      await server.stop();
    },
  };
}
