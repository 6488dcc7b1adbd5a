import type { Pool } from 'pg';
import type { Store } from '../../src/store/store';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { OpenStore } from '../store-suite/open-store';
import { defaultDerivation } from './cdr-builders';
import { explainDetours, type Detour } from './cluster-plan';
import { StatementsPut } from './statements-put';
import { startStoreServer, type StoreServer } from './store-server';

/**
 * Stores on one server: each name of a test is a schema, and what has no name has one of its own. A schema that no test needs
 * any more is emptied for the next, since a cluster takes seconds to make one.
 */
export class PostgresStores {
  private readonly schemas: string[] = [];
  private readonly names = new Map<string, string>();
  private readonly free: string[] = [];
  private readonly pool: Pool;
  private readonly put = new StatementsPut();

  private constructor(private readonly server: StoreServer) {
    // The server may stop before a connection of a pool that has ended is closed.
    this.pool = server.pool({ max: 1 }).on('error', () => undefined);
  }

  static async start(): Promise<PostgresStores> {
    return new PostgresStores(await startStoreServer(['synchronous_commit=off']));
  }

  readonly open: OpenStore = async ({ name, derivation = defaultDerivation } = {}): Promise<Store> => {
    const schema = name === undefined ? await this.emptySchema() : await this.schemaOf(name);
    const pool = this.server.pool().on('connect', (client) => this.put.listen(client));
    const store = await openPostgresStore(pool, derivation, { schema, citus: this.server.citus });
    if (name === undefined) {
      this.freeOnceClosed(store, schema);
    }
    return store;
  };

  /** Statements that were put to rows of the stores, one of each shape, each with what of it the nodes do not do. */
  async detours(): Promise<Array<{ statement: string; detours: Detour[] }>> {
    const found = [];
    for (const put of this.put.all.filter(({ text }) => /^\(?(SELECT|INSERT|UPDATE|DELETE|DECLARE)\b/.test(text))) {
      const detours = await explainDetours(this.pool, put).catch((error: unknown) => {
        // Into a month that was dropped since, from the part for all other months, which has its rows on the same node.
        if (!/relation ".*_\d{4}_\d\d" does not exist/.test(String(error))) {
          throw error;
        }
        return [];
      });
      found.push({ statement: put.text, detours });
    }
    return found;
  }

  detoursOf(text: string): Promise<Detour[]> {
    return explainDetours(this.pool, { text, values: [], schema: this.schemas[0]! });
  }

  /** A test has names of its own. */
  forgetNames(): void {
    this.free.push(...this.names.values());
    this.names.clear();
  }

  async stop(): Promise<void> {
    for (const schema of this.schemas) {
      await this.pool.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
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

  private async schemaOf(name: string): Promise<string> {
    const schema = this.names.get(name) ?? (await this.emptySchema());
    this.names.set(name, schema);
    return schema;
  }
}
