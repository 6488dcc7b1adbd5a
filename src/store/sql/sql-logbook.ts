import type { AgentStretch } from '../../cdr/agent-presence';
import type { Gap } from '../../cdr/gap';
import type { LearnedName } from '../../cdr/learned-names';
import type { KnownSpan } from '../../cdr/pbx-clocks';
import type { QueueDifference } from '../../cdr/queue-audit';
import type { QueueReading } from '../../cdr/queue-reading';
import type { Restart } from '../../cdr/restart';
import type { DerivationRun, Logbook } from '../engine';
import { Binds } from './binds';
import type { Dialect } from './dialect';
import type { Table } from './table';
import {
  clockTable,
  differenceTable,
  gapTable,
  heardTable,
  importTable,
  nameTable,
  readingTable,
  restartTable,
  stretchTable,
} from './tables';

type Row = Readonly<Record<string, unknown>>;

/** What is kept besides calls, as statements within one transaction. An engine adds how it puts them and inserts rows. */
export abstract class SqlLogbook implements Logbook {
  constructor(private readonly dialect: Dialect) {}

  abstract addStretches(stretches: readonly AgentStretch[]): Promise<void>;
  abstract removeStretches(from: number, to: number): Promise<AgentStretch[]>;
  abstract noteImported(until: ReadonlyMap<string, number>): Promise<void>;
  /** Puts a statement, and gives the rows that it returns. */
  protected abstract rows(sql: string, values?: Binds['values']): Promise<Row[]>;
  protected abstract insert<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void>;

  async moveStretches(server: string, from: number, to: number, utcOffset: number): Promise<void> {
    const binds = new Binds(this.dialect);
    const offset = binds.integer(utcOffset);
    await this.rows(
      `UPDATE ${stretchTable.name} SET utc_offset = ${offset} WHERE server = ${binds.text(server)} ` +
        `AND start_time >= ${binds.integer(from)} AND start_time < ${binds.integer(to)} AND utc_offset <> ${offset}`,
      binds.values
    );
  }

  async stretchServers(): Promise<string[]> {
    const rows = await this.rows(`SELECT DISTINCT server FROM ${stretchTable.name}`);
    return rows.map(({ server }) => String(server));
  }

  addGap(gap: Gap): Promise<void> {
    return this.insert(gapTable, [gap]);
  }

  async removeGaps(server: string, from: number, to: number): Promise<Gap[]> {
    const binds = new Binds(this.dialect);
    const rows = await this.rows(
      `DELETE FROM ${gapTable.name} AS f WHERE f.server = ${binds.text(server)} AND f.start_time <= ${binds.integer(to)} ` +
        `AND f.end_time >= ${binds.integer(from)} RETURNING ${gapTable.columnsOf('f')}`,
      binds.values
    );
    return rows.map((row) => gapTable.read(row));
  }

  addRestart(restart: Restart): Promise<void> {
    return this.insert(restartTable, [restart]);
  }

  rememberHeard(heard: ReadonlyMap<string, number>): Promise<void> {
    return this.replace(
      heardTable,
      [...heard].map(([server, at]) => ({ server, at }))
    );
  }

  keepClocks(clocks: readonly KnownSpan[]): Promise<void> {
    return this.replace(clockTable, clocks);
  }

  keepNames(names: readonly LearnedName[]): Promise<void> {
    return this.replace(nameTable, names);
  }

  async keepAudit(readings: readonly QueueReading[], found: readonly QueueDifference[]): Promise<void> {
    await this.replace(readingTable, readings);
    await this.insert(differenceTable, found);
  }

  async keepImportState(key: string, state: object): Promise<void> {
    await this.rows(`DELETE FROM ${importTable.name} WHERE key = $1`, [key]);
    await this.insert(importTable, [{ key, state }]);
  }

  async importedUntil(): Promise<Map<string, number>> {
    const rows = await this.rows('SELECT server, "until" FROM imported');
    return new Map(rows.map((row) => [String(row.server), Number(row.until)]));
  }

  async derivation(): Promise<string | null> {
    const [made] = await this.rows('SELECT key FROM derivation');
    return made ? String(made.key) : null;
  }

  async keepDerivation(key: string): Promise<void> {
    await this.rows('DELETE FROM derivation_run');
    await this.rows('DELETE FROM derivation');
    await this.rows('INSERT INTO derivation VALUES ($1)', [key]);
  }

  async derivationRun(): Promise<DerivationRun | null> {
    const [run] = await this.rows('SELECT key, server, linked_id, done FROM derivation_run');
    return run
      ? {
          key: String(run.key),
          after: { server: String(run.server), linkedId: String(run.linked_id) },
          done: Number(run.done),
        }
      : null;
  }

  async keepDerivationRun({ key, after: { server, linkedId }, done }: DerivationRun): Promise<void> {
    await this.rows('DELETE FROM derivation_run');
    await this.rows('INSERT INTO derivation_run VALUES ($1, $2, $3, $4)', [key, server, linkedId, done]);
  }

  private async replace<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void> {
    await this.rows(`DELETE FROM ${table.name}`);
    await this.insert(table, rows);
  }
}
