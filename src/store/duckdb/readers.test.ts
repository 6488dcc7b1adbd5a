import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { SlowQueryError } from '../slow-query-error';
import { FileConnection } from './file-connection';
import { Readers } from './readers';

/** More rows than any machine counts within the limits here. */
const endless = 'SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE hash(a.range + b.range) = 7';
const one = 'SELECT 1 AS one';

let instance: DuckDBInstance;
let writer: DuckDBConnection;
beforeEach(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  writer = await instance.connect();
});
afterEach(() => {
  writer.closeSync();
  instance.closeSync();
});

async function withReaders<T>(limitMs: number, task: (readers: Readers) => Promise<T>): Promise<T> {
  const connect = async () => new FileConnection(await instance.connect(), ':memory:', () => {});
  return task(await Readers.open({ connect }, { count: 2, limitMs }));
}

describe('the readers of a store', () => {
  it('stop a query that takes too long, say so, and answer the next one', async () => {
    await withReaders(300, async (readers) => {
      await expect(readers.rows(endless, [])).rejects.toThrow(
        'The query took longer than 0.3 s and was stopped. Choose a shorter range'
      );
      expect(await readers.rows(one, [])).toEqual([{ one: 1 }]);
    });
  });

  it('say that a query needs too much memory, and answer the next one', async () => {
    await writer.run("SET memory_limit = '20MB'; SET max_temp_directory_size = '0B'");
    await withReaders(30_000, async (readers) => {
      const heavy = readers.rows('SELECT list(range) AS all_rows FROM range(10000000)', []);
      await expect(heavy).rejects.toThrow('The query needs more memory than queries may use. Choose a shorter range');
      expect(await readers.rows(one, [])).toEqual([{ one: 1 }]);
    });
  });

  it('leave the writer its thread, however many ask for how much', async () => {
    await withReaders(3_000, async (readers) => {
      const ended: string[] = [];
      const heavy = Array.from({ length: 20 }, () =>
        readers.rows(endless, []).catch((error: unknown) => {
          ended.push('query');
          return error;
        })
      );
      await writer.run('CREATE TABLE record AS SELECT 1 AS n').then(() => ended.push('write'));
      expect(ended).toEqual(['write']);
      const errors = await Promise.all(heavy);
      expect(errors.every((error) => error instanceof SlowQueryError)).toBe(true);
      expect(await readers.rows('SELECT n FROM record', [])).toEqual([{ n: 1 }]);
    });
  }, 20_000);

  it('let queries wait their turn', async () => {
    await withReaders(10_000, async (readers) => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => readers.rows(one, [])));
      expect(answers.map((answer) => answer[0]!.one)).toEqual(Array(50).fill(1));
    });
  });

  it('end a question whose signal aborts, waiting or running, and answer the next one', async () => {
    await withReaders(60_000, async (readers) => {
      const [running, waiting] = [new AbortController(), new AbortController()];
      const heavy = [running, running, waiting].map(({ signal }) =>
        readers.rows(endless, [], signal).catch((error: unknown) => error)
      );
      waiting.abort(new Error('Nobody waits for it.'));
      expect(await heavy[2]).toEqual(new Error('Nobody waits for it.'));
      running.abort();
      expect(await Promise.all(heavy.slice(0, 2))).toEqual([running.signal.reason, running.signal.reason]);
      expect(await readers.rows(one, [])).toEqual([{ one: 1 }]);
      await expect(readers.rows(one, [], running.signal)).rejects.toBe(running.signal.reason);
    });
  });

  it("keep a statement's own error", async () => {
    await withReaders(10_000, async (readers) => {
      await expect(readers.rows('SELECT nothing FROM nowhere', [])).rejects.toThrow('nowhere');
    });
  });
});
