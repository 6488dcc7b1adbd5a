import { stretchKey, type AgentStretch } from '../../cdr/agent-presence';
import { SqlLogbook } from '../sql/sql-logbook';
import type { Binds } from '../sql/binds';
import type { Table } from '../sql/table';
import { stretchTable } from '../sql/tables';
import { insertRows } from './insert-rows';
import { postgresDialect } from './postgres-dialect';
import type { Session } from './session';

/** A stretch is cut at each quarter of an hour, and late where nothing was heard. Milliseconds. */
const longestSeen = 86_400_000;

export class PostgresLogbook extends SqlLogbook {
  constructor(private readonly session: Session) {
    super(postgresDialect);
  }

  async addStretches(stretches: readonly AgentStretch[]): Promise<void> {
    // One statement can't change a row twice.
    const latest = [...new Map(stretches.map((stretch) => [stretchKey(stretch), stretch])).values()];
    await insertRows(this.session, stretchTable, latest, {
      onConflict:
        'ON CONFLICT (server, agent, start_time) DO UPDATE SET queues = excluded.queues, ' +
        'end_time = excluded.end_time, paused = excluded.paused, utc_offset = excluded.utc_offset, ' +
        'pause_reason = excluded.pause_reason, wrap_up = excluded.wrap_up',
    });
  }

  async removeStretches(from: number, to: number): Promise<AgentStretch[]> {
    const { rows } = await this.session.run(
      `DELETE FROM ${stretchTable.name} f WHERE f.start_time <= $1::bigint AND f.end_time >= $2::bigint ` +
        // Of a longest stretch, so that the index finds them.
        `AND f.start_time >= $2::bigint - ${longestSeen} RETURNING ${stretchTable.columnsOf('f')}`,
      [to, from]
    );
    return rows.map((row) => stretchTable.read(row));
  }

  async noteImported(until: ReadonlyMap<string, number>): Promise<void> {
    await this.session.run(
      'INSERT INTO imported SELECT * FROM unnest($1::text[], $2::bigint[]) ' +
        'ON CONFLICT (server) DO UPDATE SET "until" = greatest(imported."until", excluded."until")',
      [[...until.keys()], [...until.values()]]
    );
  }

  protected async rows(sql: string, values?: Binds['values']) {
    return (await this.session.run(sql, values)).rows;
  }

  protected insert<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void> {
    return insertRows(this.session, table, rows);
  }
}
