import type { AgentStretch } from '../../cdr/agent-presence';
import type { Gap } from '../../cdr/gap';
import type { LearnedName } from '../../cdr/learned-names';
import type { KnownSpan } from '../../cdr/pbx-clocks';
import type { QueueDifference } from '../../cdr/queue-audit';
import type { QueueReading } from '../../cdr/queue-reading';
import type { Restart } from '../../cdr/restart';
import type { DerivationRun, Logbook } from '../engine';
import {
  clockTable,
  differenceTable,
  gapTable,
  heardTable,
  importedTable,
  importTable,
  nameTable,
  readingTable,
  restartTable,
  stretchTable,
} from '../sql/tables';
import { appendRows } from './append-rows';
import type { Connection } from './file-connection';

export class DuckDbLogbook implements Logbook {
  /** @param servers hears of which PBXes something is written */
  constructor(
    private readonly connection: Connection,
    private readonly servers = new Set<string>()
  ) {}

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

  async moveStretches(server: string, from: number, to: number, utcOffset: number): Promise<void> {
    await this.connection.run(
      `UPDATE ${stretchTable.name} SET utc_offset = $4::INTEGER ` +
        'WHERE server = $1 AND start_time >= $2::BIGINT AND start_time < $3::BIGINT AND utc_offset <> $4::INTEGER',
      [server, BigInt(from), BigInt(to), utcOffset]
    );
  }

  async stretchServers(): Promise<string[]> {
    const found = await this.connection.runAndReadAll(`SELECT DISTINCT server FROM ${stretchTable.name}`);
    return found.getRowObjectsJS().map(({ server }) => String(server));
  }

  addGap(gap: Gap): Promise<void> {
    this.servers.add(gap.server);
    return appendRows(this.connection, gapTable, [gap]);
  }

  async removeGaps(server: string, from: number, to: number): Promise<Gap[]> {
    const removed = await this.connection.runAndReadAll(
      `DELETE FROM ${gapTable.name} AS f WHERE f.server = $1 AND f.start_time <= $2::BIGINT AND f.end_time >= $3::BIGINT ` +
        `RETURNING ${gapTable.columnsOf('f')}`,
      [server, BigInt(to), BigInt(from)]
    );
    return removed.getRowObjectsJS().map((row) => gapTable.read(row));
  }

  addRestart(restart: Restart): Promise<void> {
    this.servers.add(restart.server);
    return appendRows(this.connection, restartTable, [restart]);
  }

  async rememberHeard(heard: ReadonlyMap<string, number>): Promise<void> {
    await this.connection.run(`DELETE FROM ${heardTable.name}`);
    await appendRows(
      this.connection,
      heardTable,
      [...heard].map(([server, at]) => ({ server, at }))
    );
  }

  async keepClocks(clocks: readonly KnownSpan[]): Promise<void> {
    await this.connection.run(`DELETE FROM ${clockTable.name}`);
    await appendRows(this.connection, clockTable, clocks);
  }

  async keepNames(names: readonly LearnedName[]): Promise<void> {
    await this.connection.run(`DELETE FROM ${nameTable.name}`);
    await appendRows(this.connection, nameTable, names);
  }

  async keepAudit(readings: readonly QueueReading[], found: readonly QueueDifference[]): Promise<void> {
    await this.connection.run(`DELETE FROM ${readingTable.name}`);
    await appendRows(this.connection, readingTable, readings);
    await appendRows(this.connection, differenceTable, found);
  }

  async keepImportState(key: string, state: object): Promise<void> {
    await this.connection.run(`DELETE FROM ${importTable.name} WHERE key = $1`, [key]);
    await appendRows(this.connection, importTable, [{ key, state }]);
  }

  async noteImported(until: ReadonlyMap<string, number>): Promise<void> {
    const before = await this.importedUntil();
    for (const [server, time] of until) {
      const latest = Math.max(time, before.get(server) ?? time);
      await this.connection.run('DELETE FROM imported WHERE server = $1', [server]);
      await appendRows(this.connection, importedTable, [{ server, until: latest }]);
    }
  }

  async importedUntil(): Promise<Map<string, number>> {
    const found = await this.connection.runAndReadAll('SELECT server, "until" FROM imported');
    return new Map(found.getRowObjectsJS().map((row) => [String(row.server), Number(row.until)]));
  }

  async derivation(): Promise<string | null> {
    const found = await this.connection.runAndReadAll('SELECT key FROM derivation');
    const [made] = found.getRowObjectsJS();
    return made ? String(made.key) : null;
  }

  async keepDerivation(key: string): Promise<void> {
    await this.connection.run('DELETE FROM derivation_run');
    await this.connection.run('DELETE FROM derivation');
    await this.connection.run('INSERT INTO derivation VALUES ($1)', [key]);
  }

  async derivationRun(): Promise<DerivationRun | null> {
    const found = await this.connection.runAndReadAll('SELECT key, server, linked_id, done FROM derivation_run');
    const [run] = found.getRowObjectsJS();
    return run
      ? {
          key: String(run.key),
          after: { server: String(run.server), linkedId: String(run.linked_id) },
          done: Number(run.done),
        }
      : null;
  }

  async keepDerivationRun({ key, after: { server, linkedId }, done }: DerivationRun): Promise<void> {
    await this.connection.run('DELETE FROM derivation_run');
    await this.connection.run('INSERT INTO derivation_run VALUES ($1, $2, $3, $4)', [key, server, linkedId, done]);
  }
}
