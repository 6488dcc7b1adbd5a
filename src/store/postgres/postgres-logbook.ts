import { stretchKey, type AgentStretch } from '../../cdr/agent-presence';
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
  importTable,
  nameTable,
  readingTable,
  restartTable,
  stretchTable,
} from '../sql/tables';
import type { Table } from '../sql/table';
import { insertRows } from './insert-rows';
import type { Session } from './session';

/** A stretch is cut at each quarter of an hour, and late where nothing was heard. Milliseconds. */
const longestSeen = 86_400_000;

export class PostgresLogbook implements Logbook {
  constructor(private readonly session: Session) {}

  async addStretches(stretches: readonly AgentStretch[]): Promise<void> {
    // One statement can't change a row twice.
    const latest = [...new Map(stretches.map((stretch) => [stretchKey(stretch), stretch])).values()];
    await insertRows(this.session, stretchTable, latest, {
      onConflict:
        'ON CONFLICT (server, agent, start_time) DO UPDATE SET queues = excluded.queues, ' +
        'end_time = excluded.end_time, paused = excluded.paused, utc_offset = excluded.utc_offset',
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

  async moveStretches(server: string, from: number, to: number, utcOffset: number): Promise<void> {
    await this.session.run(
      'UPDATE agent_stretch SET utc_offset = $4::integer WHERE server = $1 AND start_time >= $2::bigint ' +
        'AND start_time < $3::bigint AND utc_offset <> $4::integer',
      [server, from, to, utcOffset]
    );
  }

  async stretchServers(): Promise<string[]> {
    const { rows } = await this.session.run('SELECT DISTINCT server FROM agent_stretch');
    return rows.map(({ server }) => String(server));
  }

  addGap(gap: Gap): Promise<void> {
    return insertRows(this.session, gapTable, [gap]);
  }

  async removeGaps(server: string, from: number, to: number): Promise<Gap[]> {
    const { rows } = await this.session.run(
      'DELETE FROM gap f WHERE f.server = $1 AND f.start_time <= $2::bigint AND f.end_time >= $3::bigint ' +
        `RETURNING ${gapTable.columnsOf('f')}`,
      [server, to, from]
    );
    return rows.map((row) => gapTable.read(row));
  }

  addRestart(restart: Restart): Promise<void> {
    return insertRows(this.session, restartTable, [restart]);
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
    await insertRows(this.session, differenceTable, found);
  }

  async keepImportState(key: string, state: object): Promise<void> {
    await this.session.run('DELETE FROM import_state WHERE key = $1', [key]);
    await insertRows(this.session, importTable, [{ key, state }]);
  }

  async noteImported(until: ReadonlyMap<string, number>): Promise<void> {
    await this.session.run(
      'INSERT INTO imported SELECT * FROM unnest($1::text[], $2::bigint[]) ' +
        'ON CONFLICT (server) DO UPDATE SET "until" = greatest(imported."until", excluded."until")',
      [[...until.keys()], [...until.values()]]
    );
  }

  async importedUntil(): Promise<Map<string, number>> {
    const { rows } = await this.session.run('SELECT server, "until" FROM imported');
    return new Map(rows.map((row) => [String(row.server), Number(row.until)]));
  }

  async derivation(): Promise<string | null> {
    const { rows } = await this.session.run('SELECT key FROM derivation');
    return rows[0] ? String(rows[0].key) : null;
  }

  async keepDerivation(key: string): Promise<void> {
    await this.session.run('DELETE FROM derivation_run');
    await this.session.run('DELETE FROM derivation');
    await this.session.run('INSERT INTO derivation VALUES ($1)', [key]);
  }

  async derivationRun(): Promise<DerivationRun | null> {
    const { rows } = await this.session.run('SELECT key, server, linked_id, done FROM derivation_run');
    const [run] = rows;
    return run
      ? {
          key: String(run.key),
          after: { server: String(run.server), linkedId: String(run.linked_id) },
          done: Number(run.done),
        }
      : null;
  }

  async keepDerivationRun({ key, after: { server, linkedId }, done }: DerivationRun): Promise<void> {
    await this.session.run('DELETE FROM derivation_run');
    await this.session.run('INSERT INTO derivation_run VALUES ($1, $2, $3, $4)', [key, server, linkedId, done]);
  }

  private async replace<T extends object>(table: Table<T>, rows: readonly T[]): Promise<void> {
    await this.session.run(`DELETE FROM ${table.name}`);
    await insertRows(this.session, table, rows);
  }
}
