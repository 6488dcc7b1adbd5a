import { Pool } from 'pg';
import { startPostgresServer, type PostgresServer } from './postgres-server';

/** What stores of tests need of a server. Schemas of a cluster are dropped by who made them. */
export type StoreServer = Pick<PostgresServer, 'citus' | 'port' | 'address' | 'pool' | 'run' | 'stop'>;

/** The coordinator of the cluster that stores are spread over, postgres://user:password@host:port/database. */
const { CITUS_URL: cluster } = process.env;

/** Whether stores of tests are spread over a cluster. */
export const inCluster = cluster !== undefined;

/** A server of the test's own; where there is a cluster, that one. */
export async function startStoreServer(settings: readonly string[] = []): Promise<StoreServer> {
  return cluster === undefined ? startPostgresServer({ settings }) : coordinator(new URL(cluster));
}

function coordinator({ hostname: host, port, username, password, pathname }: URL): StoreServer {
  const address = {
    host,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
  // Where the coordinator starts again, the next statement has another connection.
  const session = new Pool({ ...address, max: 1 }).on('error', () => undefined);
  return {
    citus: true,
    port: address.port,
    address,
    pool: (options) => new Pool({ ...address, pipeline: true, ...options }),
    run: async (sql, values) => (await session.query<Record<string, unknown>>(sql, values)).rows,
    stop: () => session.end(),
  };
}
