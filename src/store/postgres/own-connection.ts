import { Socket } from 'node:net';
import { Client, type ClientConfig, type PoolOptions, type QueryResultRow } from 'pg';

/** A statement here takes a moment; no answer for so long is a connection that broke. Milliseconds. */
const answerMs = 4_000;

export interface OwnConnectionOptions {
  /** Of the pool beside it. */
  pool: PoolOptions;
  /** Name of what others notify, see LISTEN. */
  channel: string;
  onNotice: (payload: string) => void;
}

/**
 * A connection beside the pool, for what must not wait for its turn. One that breaks is replaced with the next statement.
 * Nothing depends on LISTEN: a pooler in between may not pass it on.
 */
export class OwnConnection {
  private current: Promise<Client> | null = null;
  private socket: { destroy: () => unknown } | null = null;
  private isClosed = false;

  constructor(private readonly options: OwnConnectionOptions) {}

  /** @throws Error where the database can't be reached or gives one */
  async rows(sql: string, values: readonly unknown[] = []): Promise<QueryResultRow[]> {
    if (this.isClosed) {
      throw new Error('The connection is closed.');
    }
    this.current ??= this.connect();
    const { current } = this;
    const timer = setTimeout(() => this.drop(current), answerMs);
    try {
      const client = await current;
      return (await client.query<QueryResultRow>(sql, [...values])).rows;
    } catch (error) {
      // An error of the server comes with a code of its own, and leaves the connection as it was.
      if (!(error instanceof Error && 'severity' in error && error.severity === 'ERROR')) {
        this.drop(current);
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.isClosed = true;
    this.drop(this.current);
  }

  private connect(): Promise<Client> {
    const { pool, channel, onNotice } = this.options;
    const socket = (pool.stream as (() => Socket) | undefined)?.() ?? new Socket();
    this.socket = socket;
    const PoolClient = (pool.Client ?? Client) as new (config: ClientConfig) => Client;
    // The password is hidden from what copies the rest.
    const client = new PoolClient({ ...pool, password: pool.password, stream: () => socket });
    const connected = listening(client, channel);
    client.on('error', () => this.drop(connected));
    client.on('notification', ({ payload }) => onNotice(payload ?? ''));
    return connected;
  }

  private drop(dropped: Promise<Client> | null): void {
    if (this.current === dropped) {
      this.current = null;
      this.socket?.destroy();
    }
    dropped?.catch(() => undefined);
  }
}

async function listening(client: Client, channel: string): Promise<Client> {
  await client.connect();
  await client.query(`LISTEN ${channel}`).catch(() => undefined);
  return client;
}
