import type { PbxBoard } from '../../cdr/pbx-board';
import type { OwnConnection } from './own-connection';

/** One that was not kept for so long is of a process that is gone. Milliseconds. */
const freshMs = 15_000;

/** What goes on at each PBX now. Of processes that hear a PBX, the first keeps it for as long as it does. */
export class PbxBoards {
  /**
   * @param table name of the table, quoted
   * @param process this one
   */
  constructor(
    private readonly connection: Pick<OwnConnection, 'rows'>,
    private readonly table: string,
    private readonly process: string
  ) {}

  /** Gives the PBXes of which this process keeps it now. */
  async keep(boards: ReadonlyMap<string, PbxBoard>): Promise<ReadonlySet<string>> {
    const rows = await this.connection.rows(
      `INSERT INTO ${this.table} AS b SELECT t.server, $1, t.board::jsonb, clock_timestamp() ` +
        'FROM unnest($2::text[], $3::text[]) AS t (server, board) ' +
        'ON CONFLICT (server) DO UPDATE SET process = excluded.process, board = excluded.board, "at" = excluded."at" ' +
        `WHERE b.process = $1 OR b."at" < clock_timestamp() - interval '${freshMs} ms' RETURNING server`,
      [this.process, [...boards.keys()], [...boards.values()].map((board) => JSON.stringify(board))]
    );
    return new Set(rows.map((row) => String(row.server)));
  }

  /** This process does not hear these PBXes any more. */
  async drop(servers: readonly string[]): Promise<void> {
    await this.connection.rows(`DELETE FROM ${this.table} WHERE process = $1 AND server = ANY($2::text[])`, [
      this.process,
      servers,
    ]);
  }

  /** This process ends. */
  async dropAll(): Promise<void> {
    await this.connection.rows(`DELETE FROM ${this.table} WHERE process = $1`, [this.process]);
  }

  async byOthers(): Promise<Map<string, PbxBoard>> {
    const rows = await this.connection.rows(
      `SELECT server, board FROM ${this.table} ` +
        `WHERE process <> $1 AND "at" >= clock_timestamp() - interval '${freshMs} ms'`,
      [this.process]
    );
    return new Map(rows.map((row) => [String(row.server), row.board as PbxBoard]));
  }
}
