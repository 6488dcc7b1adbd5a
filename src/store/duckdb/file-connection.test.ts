import type { DuckDBConnection } from '@duckdb/node-api';
import { FileConnection } from './file-connection';

/** A connection whose statements end when they are told to, and no sooner, as one that an interrupt does not reach. */
class StuckConnection {
  readonly done: string[] = [];
  private endings: Array<(error?: Error) => void> = [];

  run(): Promise<unknown> {
    return new Promise((resolve, reject) => this.endings.push((error) => (error ? reject(error) : resolve(undefined))));
  }

  interrupt(): void {
    this.done.push('interrupt');
  }

  closeSync(): void {
    this.done.push('close');
  }

  end(error?: Error): void {
    this.endings.splice(0).forEach((ending) => ending(error));
  }
}

const reason = new Error('It is closed.');
let stuck: StuckConnection;
let connection: FileConnection;
let isClosed: boolean;
beforeEach(() => {
  stuck = new StuckConnection();
  isClosed = false;
  connection = new FileConnection(stuck as unknown as DuckDBConnection, '/data/1.duckdb', () => (isClosed = true));
});

describe('a connection', () => {
  it('is not closed under a statement, however long that takes to end', async () => {
    const statement = connection.run('SELECT 1').catch((error: unknown) => error);
    const closing = connection.close(reason);
    await expect(connection.run('SELECT 2')).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isClosed).toBe(false);
    expect(stuck.done.length).toBeGreaterThan(1);
    expect(new Set(stuck.done)).toEqual(new Set(['interrupt']));
    stuck.end(new Error('INTERRUPT Error'));
    await closing;
    expect(await statement).toBe(reason);
    expect([stuck.done.at(-1), isClosed]).toEqual(['close', true]);
  });

  it('that nothing runs on is neither interrupted nor closed twice', async () => {
    await Promise.all([connection.close(reason), connection.close(reason)]);
    connection.interrupt();
    expect(stuck.done).toEqual(['close']);
  });

  it('tells nobody where the file is', async () => {
    const statement = connection.run('SELECT 1');
    stuck.end(new Error('IO Error: Could not read from file "/data/1.duckdb": it is gone'));
    await expect(statement).rejects.toThrow('IO Error: Could not read from file "the file": it is gone');
  });
});
