import type { AgentStretch } from '../../cdr/agent-presence';
import type { Gap } from '../../cdr/gap';
import type { Restart } from '../../cdr/restart';
import type { Binds } from '../sql/binds';
import { SqlLogbook } from '../sql/sql-logbook';
import type { Table } from '../sql/table';
import { importedTable, stretchTable } from '../sql/tables';
import { appendRows } from './append-rows';
import { duckdbDialect } from './duckdb-dialect';
import type { Connection } from './file-connection';

export class DuckDbLogbook extends SqlLogbook {
  /** @param servers hears of which PBXes something is written */
  constructor(
    private readonly connection: Connection,
    private readonly servers = new Set<string>()
  ) {
    super(duckdbDialect);
  }

  async addStretches(stretches: readonly AgentStretch[]): Promise<void> {
    if (stretches.length === 0) {
      return;
    }
    const earliest = stretches.reduce((least, { startTime }) => Math.min(least, startTime), Infinity);
    stretches.forEach(({ server }) => this.servers.add(server));
    await appendRows(this.connection, stretchTable, stretches);
    await this.connection.run(
      `DELETE FROM ${stretchTable.name} WHERE start_time >= $1::BIGINT AND rowid NOT IN ` +
        `(SELECT max(rowid) FROM ${stretchTable.name} WHERE start_time >= $1::BIGINT GROUP BY server, agent, start_time)`,
      [BigInt(earliest)]
    );
  }

  async removeStretches(from: number, to: number): Promise<AgentStretch[]> {
    const removed = await this.connection.runAndReadAll(
      `DELETE FROM ${stretchTable.name} AS f WHERE f.start_time <= $1::BIGINT AND f.end_time >= $2::BIGINT ` +
        `RETURNING ${stretchTable.columnsOf('f')}`,
      [BigInt(to), BigInt(from)]
    );
    return removed.getRowObjectsJS().map((row) => stretchTable.read(row));
  }

  override addGap(gap: Gap): Promise<void> {
    this.servers.add(gap.server);
    return super.addGap(gap);
  }

  override addRestart(restart: Restart): Promise<void> {
    this.servers.add(restart.server);
    return super.addRestart(restart);
  }

  async noteImported(until: ReadonlyMap<string, number>): Promise<void> {
    const before = await this.importedUntil();
    for (const [server, time] of until) {
      const latest = Math.max(time, before.get(server) ?? time);
      await this.connection.run('DELETE FROM imported WHERE server = $1', [server]);
      await appendRows(this.connection, importedTable, [{ server, until: latest }]);
    }
  }

  protected async rows(sql: string, values?: Binds['values']) {
    return (await this.connection.runAndReadAll(sql, values)).getRowObjectsJS();
  }

  protected insert<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void> {
    return appendRows(this.connection, table, rows);
  }
}
