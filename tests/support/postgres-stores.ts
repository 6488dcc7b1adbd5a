import type { Store } from '../../src/store/store';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import type { OpenStore } from '../store-suite/open-store';
import { defaultDerivation } from './cdr-builders';
import { startPostgresServer, type PostgresServer } from './postgres-server';

/** Stores on one server: each name of a test is a schema, and what has no name has one of its own. */
export class PostgresStores {
  private made = 0;
  private readonly names = new Map<string, string>();

  private constructor(readonly server: PostgresServer) {}

  static async start(): Promise<PostgresStores> {
    return new PostgresStores(await startPostgresServer({ settings: ['synchronous_commit=off'] }));
  }

  readonly open: OpenStore = async ({ name, derivation = defaultDerivation } = {}): Promise<Store> => {
    const schema = name === undefined ? this.newSchema() : this.schemaOf(name);
    return openPostgresStore(this.server.pool(), derivation, { schema, citus: false });
  };

  newSchema(): string {
    return `store-${this.made++}`;
  }

  /** A test has names of its own. */
  forgetNames(): void {
    this.names.clear();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private schemaOf(name: string): string {
    const schema = this.names.get(name) ?? this.newSchema();
    this.names.set(name, schema);
    return schema;
  }
}
