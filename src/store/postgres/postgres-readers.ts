import type { Pool } from 'pg';
import { SlowQueryError } from '../slow-query-error';
import type { Binds } from '../sql/binds';
import type { Asker } from '../sql/sql-questions';
import { askOnce, type Row } from './session';
import { Turns } from './turns';

/**
 * To compile a question takes longer than to answer it; and stores are on disks where reading here and there costs little
 * more than one after the other, so that an index which has all that is asked is read, and not its table.
 */
const settings = { jit: 'off', random_page_cost: 1.1 };

/** Questions by connections of a pool, each in a transaction of its own; others wait for their turn. */
export class PostgresReaders implements Asker {
  private readonly turns: Turns;

  /**
   * @param count questions at once
   * @param limitMs how long one may take, its wait included. Milliseconds
   * @param closing aborts with the reason that all questions end with
   */
  constructor(
    private readonly pool: Pool,
    private readonly schema: string,
    count: number,
    private readonly limitMs: number,
    private readonly closing: AbortSignal
  ) {
    this.turns = new Turns(count);
  }

  /** @throws SlowQueryError, or the signal's reason */
  async rows(sql: string, values: Binds['values'], signal?: AbortSignal): Promise<Row[]> {
    const { limitMs } = this;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new SlowQueryError(limitMs)), limitMs);
    const end = AbortSignal.any([late.signal, this.closing, ...(signal ? [signal] : [])]);
    const kind = { mode: 'READ ONLY', schema: this.schema, settings, statementMs: limitMs } as const;
    const ask = async () => (await askOnce(this.pool, kind, sql, values, end)).rows;
    try {
      return await this.turns.take(ask, end);
    } finally {
      clearTimeout(timer);
    }
  }
}
