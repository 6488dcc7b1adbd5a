import type { Dialect } from '../sql/dialect';
import type { Asker } from '../sql/sql-questions';
import { callSumsAreKept } from './call-sums';
import { citusDialect } from './citus-dialect';
import { postgresDialect } from './postgres-dialect';

/**
 * What statements have to know of a store's tables, and what another process may change while this one has it open: whether
 * sums of calls are kept, and whether Citus spreads calls.
 */
export class StoreForm {
  /** For statements to the store as it was looked at last; until then they read what every store has. */
  dialect: Dialect = { ...postgresDialect, keepsSums: false };

  constructor(private readonly asker: Asker) {}

  async look(signal?: AbortSignal): Promise<void> {
    const [found] = await this.asker.rows(
      `SELECT ${callSumsAreKept} AS kept, to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL AS cluster`,
      [],
      signal
    );
    const dialect = found!.cluster && (await this.isSpread(signal)) ? citusDialect : postgresDialect;
    this.dialect = { ...dialect, keepsSums: found!.kept === true };
  }

  /** Asks a question that may read sums; once more where they are gone since they were last looked for. */
  async ask<T>(question: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const { keepsSums } = this.dialect;
    try {
      return await question();
    } catch (error) {
      if (!keepsSums || !isOfTable(error)) {
        throw error;
      }
      await this.look(signal);
      return question();
    }
  }

  private async isSpread(signal: AbortSignal | undefined): Promise<boolean> {
    const sql = "SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = to_regclass('call')";
    return (await this.asker.rows(sql, [], signal)).length > 0;
  }
}

/** 42P01: there is no such table. 42501: the role may not read it. Source: PostgreSQL, error codes. */
function isOfTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '42P01' || error.code === '42501');
}
