import type { OwnConnection } from './own-connection';

/** Longer than it is known who heard what (`HeardSpans`), so that nothing brings a PBX back. Days. */
const keptDays = 100;

/** PBXes that were taken out of service, whichever process was asked; each process forgets them. */
export class ForgottenServers {
  /** @param table name of the table, quoted */
  constructor(
    private readonly connection: Pick<OwnConnection, 'rows'>,
    private readonly table: string
  ) {}

  /** @throws Error where that can't be stored */
  async add(server: string): Promise<void> {
    await this.connection.rows(
      `INSERT INTO ${this.table} VALUES ($1, extract(epoch FROM clock_timestamp()) * 1000) ` +
        'ON CONFLICT (server) DO UPDATE SET "at" = excluded."at"',
      [server]
    );
  }

  /** When each was, epoch milliseconds by the clock of the database. */
  async all(): Promise<Map<string, number>> {
    const rows = await this.connection.rows(`SELECT server, "at" FROM ${this.table}`);
    return new Map(rows.map((row) => [String(row.server), Number(row.at)]));
  }

  /** By now(): what is on every node of a cluster is not removed by a clock that goes on within a statement. */
  async prune(): Promise<void> {
    await this.connection.rows(
      `DELETE FROM ${this.table} WHERE "at" < (extract(epoch FROM now()) - ${keptDays * 86_400}) * 1000`
    );
  }
}
