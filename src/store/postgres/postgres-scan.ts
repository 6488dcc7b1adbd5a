import type { RowKind, RowKinds } from '../../answers/row-columns';
import { Binds } from '../sql/binds';
import { fromSql, whereSql } from '../sql/filter-sql';
import { rowTables } from '../sql/row-tables';
import { SqlQuestions } from '../sql/sql-questions';
import type { Scan, ScanSelection } from '../store';
import { postgresDialect } from './postgres-dialect';
import type { Session } from './session';

/** Large enough that a million rows are not many questions, small enough to take little memory. */
const pageRows = 5_000;

/** Reads rows page by page by a cursor of a transaction, which sees the store of one moment. */
export class PostgresScan<K extends RowKind> implements Scan<RowKinds[K]> {
  private readonly questions: SqlQuestions;

  private constructor(
    private readonly session: Session,
    private readonly kind: K,
    private readonly selection: ScanSelection,
    readonly total: number
  ) {
    this.questions = questionsOf(session);
  }

  static async open<K extends RowKind>(session: Session, kind: K, selection: ScanSelection): Promise<PostgresScan<K>> {
    return new PostgresScan(session, kind, selection, await questionsOf(session).countRows(kind, selection));
  }

  customLabels(): Promise<string[]> {
    return this.questions.customLabels(this.kind, this.selection);
  }

  async *pages(): AsyncIterable<Array<RowKinds[K]>> {
    const { fact, table } = rowTables[this.kind];
    const { sortOrder, filters } = this.selection;
    const binds = new Binds(postgresDialect);
    const order = sortOrder === 'asc' ? 'ASC' : 'DESC';
    const where = whereSql(fact, this.selection, filters, binds);
    await this.session.run(
      `DECLARE scan NO SCROLL CURSOR FOR SELECT ${table.columnsOf('f')} ${fromSql(fact, binds)} ` +
        `WHERE ${where} ORDER BY f.start_time ${order}, f.linked_id ${order}, f.server`,
      binds.values
    );
    try {
      for (;;) {
        const { rows } = await this.session.run(`FETCH ${pageRows} FROM scan`);
        if (rows.length > 0) {
          yield rows.map((row) => table.read(row));
        }
        if (rows.length < pageRows) {
          return;
        }
      }
    } finally {
      // Fails where the transaction has failed.
      await this.session.run('CLOSE scan').catch(() => undefined);
    }
  }
}

function questionsOf(session: Session): SqlQuestions {
  const asker = { rows: async (sql: string, values: Binds['values']) => (await session.run(sql, values)).rows };
  return new SqlQuestions(asker, { dialect: postgresDialect });
}
