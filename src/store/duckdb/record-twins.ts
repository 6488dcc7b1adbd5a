import type { CdrRecord } from '../../cdr/record';
import type { Connection } from './file-connection';
import { recordTable } from './tables';

/** Further than two readings of one wall clock can be apart (`isSameRecord`). Milliseconds. */
const slack = 27 * 3_600_000;

/**
 * Finds stored records that may be the same as added ones though they are part of another call. Only where live and
 * imported records meet can there be any: a server of which nothing was imported is not asked for.
 */
export class RecordTwins {
  private constructor(
    private readonly connection: Connection,
    /** Start of the latest imported record of each server, epoch milliseconds. */
    private readonly importedUntil: Map<string, number>
  ) {}

  static async open(connection: Connection): Promise<RecordTwins> {
    await connection.run('CREATE TEMP TABLE sought (server VARCHAR, channel VARCHAR)');
    const found = await connection.runAndReadAll(
      'SELECT server, max(start_time) AS until FROM record WHERE imported GROUP BY server'
    );
    const until = found.getRowObjectsJS().map((row) => [String(row.server), Number(row.until)] as const);
    return new RecordTwins(connection, new Map(until));
  }

  /** Records that are about to be stored: what comes live later may be the same. */
  note(records: readonly CdrRecord[]): void {
    for (const { imported, server, startTime } of records) {
      if (imported && startTime !== null) {
        this.importedUntil.set(server, Math.max(startTime, this.importedUntil.get(server) ?? 0));
      }
    }
  }

  async find(records: readonly CdrRecord[]): Promise<CdrRecord[]> {
    const sought = records.filter((record) => this.mayHaveTwin(record));
    if (sought.length === 0) {
      return [];
    }
    await this.stage(sought);
    const times = sought.map(({ startTime }) => startTime!);
    const found = await this.connection.runAndReadAll(
      `SELECT ${recordTable.columnsOf('t')} FROM ${recordTable.name} t SEMI JOIN sought USING (server, channel) ` +
        'WHERE t.start_time BETWEEN $1::BIGINT AND $2::BIGINT',
      [BigInt(times.reduce((a, b) => Math.min(a, b)) - slack), BigInt(times.reduce((a, b) => Math.max(a, b)) + slack)]
    );
    return found.getRowObjectsJS().map((row) => recordTable.read(row));
  }

  private mayHaveTwin({ startTime, imported, server }: CdrRecord): boolean {
    return startTime !== null && (imported || startTime <= (this.importedUntil.get(server) ?? -Infinity) + slack);
  }

  private async stage(records: readonly CdrRecord[]): Promise<void> {
    await this.connection.run('DELETE FROM sought');
    const appender = await this.connection.createAppender('sought', 'main', 'temp');
    for (const { server, channel } of records) {
      appender.appendVarchar(server);
      appender.appendVarchar(channel);
      appender.endRow();
    }
    appender.closeSync();
  }
}
