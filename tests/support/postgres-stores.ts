import { Pool, type PoolConfig } from 'pg';
import type { Store } from '../../src/store/store';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { OpenStore } from '../store-suite/open-store';
import { defaultDerivation } from './cdr-builders';
import { startPostgresServer, type PostgresServer } from './postgres-server';

/** Stores on one server: each name of a test is a schema, and what has no name has one of its own. */
export class PostgresStores {
  private readonly schemas: string[] = [];
  private readonly names = new Map<string, string>();

  private constructor(
    private readonly server: Pick<PostgresServer, 'pool' | 'stop'>,
    private readonly citus: boolean
  ) {}

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
    const schema = name === undefined ? this.newSchema() : this.schemaOf(name);
    return openPostgresStore(this.server.pool(), derivation, { schema, citus: this.citus });
  };

  newSchema(): string {
    const schema = `store-${process.pid}-${this.schemas.length}`;
    this.schemas.push(schema);
    return schema;
  }

  /** A test has names of its own. */
  forgetNames(): void {
    this.names.clear();
  }

  async stop(): Promise<void> {
    if (this.citus) {
      await this.dropSchemas();
    }
    await this.server.stop();
  }

  /** A cluster goes on after the tests. */
  private async dropSchemas(): Promise<void> {
    const pool = this.server.pool();
    for (const schema of this.schemas) {
      await pool.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    }
    await pool.end();
  }

  private schemaOf(name: string): string {
    const schema = this.names.get(name) ?? this.newSchema();
    this.names.set(name, schema);
    return schema;
  }
}
