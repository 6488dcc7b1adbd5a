import { Pool, type PoolConfig } from 'pg';
import type { Store } from '../../src/store/store';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { OpenStore } from '../store-suite/open-store';
import { defaultDerivation } from './cdr-builders';
import { startPostgresServer, type PostgresServer } from './postgres-server';

/**
 * Stores on one server: each name of a test is a schema, and what has no name has one of its own. A schema that no test needs
 * any more is emptied for the next, since a cluster takes seconds to make one.
 */
export class PostgresStores {
  private readonly schemas: string[] = [];
  private readonly names = new Map<string, string>();
  private readonly free: string[] = [];
  private readonly pool: Pool;

  private constructor(
    private readonly server: Pick<PostgresServer, 'pool' | 'stop'>,
    private readonly citus: boolean
  ) {
    this.pool = server.pool({ max: 1 });
  }

  /** On a server of its own, or spread over the cluster at CITUS_URL (postgres://user:password@host:port/database). */
  static async start(): Promise<PostgresStores> {
    const { CITUS_URL: connectionString } = process.env;
    if (connectionString === undefined) {
      return new PostgresStores(await startPostgresServer({ settings: ['synchronous_commit=off'] }), false);
    }
    const server = {
      pool: (options?: PoolConfig) => new Pool({ connectionString, ...options }),
      stop: async () => undefined,
    };
    return new PostgresStores(server, true);
  }

  readonly open: OpenStore = async ({ name, derivation = defaultDerivation } = {}): Promise<Store> => {
    const schema = name === undefined ? await this.emptySchema() : await this.schemaOf(name);
    const store = await openPostgresStore(this.server.pool(), derivation, { schema, citus: this.citus });
    if (name === undefined) {
      this.freeOnceClosed(store, schema);
    }
    return store;
  };

  /** A test has names of its own. */
  forgetNames(): void {
    this.free.push(...this.names.values());
    this.names.clear();
  }

  async stop(): Promise<void> {
    if (this.citus) {
      await this.dropSchemas();
    }
    await this.pool.end();
    await this.server.stop();
  }

  private async emptySchema(): Promise<string> {
    const used = this.free.pop();
    if (used !== undefined) {
      await this.empty(used);
      return used;
    }
    const schema = `store-${process.pid}-${this.schemas.length}`;
    this.schemas.push(schema);
    return schema;
  }

  private freeOnceClosed(store: Store, schema: string): void {
    const close = store.close.bind(store);
    let closing: Promise<void> | null = null;
    store.close = () => (closing ??= close().then(() => void this.free.push(schema)));
  }

  private async empty(schema: string): Promise<void> {
    const { rows } = await this.pool.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = $1 " +
        "AND tablename NOT IN ('schema_version', 'lease')",
      [schema]
    );
    await this.pool.query(`TRUNCATE ${rows.map(({ name }) => name).join(', ')}`);
    await this.pool.query(`UPDATE "${schema}".lease SET holder = NULL, name = NULL, epoch = 0, "until" = 'epoch'`);
  }

  /** A cluster goes on after the tests. */
  private async dropSchemas(): Promise<void> {
    for (const schema of this.schemas) {
      await this.pool.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    }
  }

  private async schemaOf(name: string): Promise<string> {
    const schema = this.names.get(name) ?? (await this.emptySchema());
    this.names.set(name, schema);
    return schema;
  }
}
