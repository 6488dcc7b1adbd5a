import type { Span } from '../../cdr/spans';
import type { OwnConnection } from './own-connection';

/** How long it is known who heard what, days. */
const keptDays = 90;

/** In which stretches each process heard each PBX, epoch milliseconds by the clock of the database. */
export class HeardSpans {
  /**
   * @param table name of the table, quoted
   * @param process this one
   */
  constructor(
    private readonly connection: Pick<OwnConnection, 'rows'>,
    private readonly table: string,
    private readonly process: string
  ) {}

  /** By other processes, as far as they touch a range. */
  async byOthers(from: number, to: number): Promise<Map<string, Span[]>> {
    const rows = await this.connection.rows(
      `SELECT server, "from", "to" FROM ${this.table} ` +
        'WHERE process <> $1 AND "to" >= $2::bigint AND "from" <= $3::bigint',
      [this.process, from, to]
    );
    const heard = new Map<string, Span[]>();
    for (const row of rows) {
      const server = String(row.server);
      heard.set(server, [...(heard.get(server) ?? []), [Number(row.from), Number(row.to)]]);
    }
    return heard;
  }

  /** By this process; the last one of a PBX may grow. */
  async keep(spans: ReadonlyMap<string, readonly Span[]>): Promise<void> {
    const rows = [...spans].flatMap(([server, all]) => all.map(([from, to]) => ({ server, from, to })));
    if (rows.length > 0) {
      await this.connection.rows(
        `INSERT INTO ${this.table} AS h SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::bigint[]) ` +
          'ON CONFLICT (process, server, "from") DO UPDATE SET "to" = greatest(h."to", excluded."to")',
        [this.process, rows.map(({ server }) => server), rows.map(({ from }) => from), rows.map(({ to }) => to)]
      );
    }
  }

  async prune(): Promise<void> {
    await this.connection.rows(
      `DELETE FROM ${this.table} WHERE "to" < (extract(epoch FROM now()) - ${keptDays * 86_400}) * 1000`
    );
  }
}
