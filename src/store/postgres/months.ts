import type { FactTable } from '../sql/filter-sql';
import type { Session } from './session';

/** Before Asterisk, no clock is right. */
const first = Date.UTC(1999, 0);
/** A clock may be ahead. Milliseconds. */
const ahead = 40 * 86_400_000;
/** A long reader of a table holds up what changes its parts. */
const lockMs = 500;
/** Milliseconds after which a part that could not be made or dropped is tried again. */
const againMs = 60_000;
/**
 * An index is read without its table only where a vacuum saw the rows: of a month that is over, the last hundredths stay
 * unseen, instead of the last fifth.
 */
const storage = 'autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05';

interface Month {
  /** Name of its part of a table, such as `call_2026_03`. */
  name: string;
  /** Epoch milliseconds; `to` is exclusive. */
  from: number;
  to: number;
}

/**
 * The parts of tables that are cut by month. What has no part of its own is in the table's default part, where it is found
 * as well: a part that can't be made now is made later, and takes what is its own from there.
 */
export class Months {
  private readonly known = new Set<string>();
  private triedAt = -Infinity;

  constructor(private readonly schema: string) {}

  /** Makes the parts for rows of these times. */
  async makeFor({ table, time }: FactTable, times: ReadonlyArray<number | null>, session: Session): Promise<void> {
    const missing = new Map<string, Month>();
    const last = Date.now() + ahead;
    let month: Month | null = null;
    for (const at of times) {
      if (at === null || at < first || at >= last || (month && at >= month.from && at < month.to)) {
        continue;
      }
      month = monthOf(table, at);
      if (!this.known.has(month.name)) {
        missing.set(month.name, month);
      }
    }
    for (const month of missing.values()) {
      if (await this.exists(month, session)) {
        this.known.add(month.name);
      } else if (Date.now() - this.triedAt >= againMs) {
        // Known when it is found by the next write: this one may be undone.
        await this.attempt(session, () => make(table, time, month, session));
      }
    }
  }

  /** Drops the parts that end at an instant or before, as far as nobody reads them; gives how many rows went. */
  async dropBefore(table: string, until: number, session: Session): Promise<number> {
    const { rows } = await session.run(
      'SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass',
      [table]
    );
    let dropped = 0;
    for (const name of rows.map((row) => String(row.name))) {
      const month = monthNamed(table, name);
      if (month && month.to <= until) {
        const { rows: counted } = await session.run(`SELECT count(*) AS rows FROM ${name}`);
        if (await this.attempt(session, () => session.run(`DROP TABLE ${name}`))) {
          dropped += Number(counted[0]!.rows);
          this.known.delete(name);
        }
      }
    }
    return dropped;
  }

  private async exists({ name }: Month, session: Session): Promise<boolean> {
    const { rows } = await session.run(
      "SELECT to_regclass(quote_ident($1) || '.' || quote_ident($2)) IS NOT NULL AS found",
      [this.schema, name]
    );
    return rows[0]!.found === true;
  }

  /** False where another transaction reads what is to be changed. */
  private async attempt(session: Session, change: () => Promise<unknown>): Promise<boolean> {
    await session.run('SAVEPOINT part');
    await session.run(`SET LOCAL lock_timeout = ${lockMs}`);
    try {
      await change();
      await session.run('RELEASE SAVEPOINT part');
      await session.run('SET LOCAL lock_timeout TO DEFAULT');
      return true;
    } catch (error) {
      if (!isLocked(error)) {
        throw error;
      }
      this.triedAt = Date.now();
      await session.run('ROLLBACK TO SAVEPOINT part');
      return false;
    }
  }
}

/** Attached when it is whole, which holds up nobody who reads the other parts. */
async function make(table: string, time: string, { name, from, to }: Month, session: Session): Promise<void> {
  const range = `${time} >= ${from} AND ${time} < ${to}`;
  await session.run(`CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS) WITH (${storage})`);
  await session.run(`INSERT INTO ${name} SELECT * FROM ${table}_undated WHERE ${range}`);
  await session.run(`DELETE FROM ${table}_undated WHERE ${range}`);
  await session.run(`ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`);
}

/** 55P03 is a lock that was not to be had in time. Source: PostgreSQL, error codes. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

function monthOf(table: string, at: number): Month {
  const date = new Date(at);
  return monthAt(table, date.getUTCFullYear(), date.getUTCMonth());
}

function monthAt(table: string, year: number, month: number): Month {
  const name = `${table}_${year}_${String(month + 1).padStart(2, '0')}`;
  return { name, from: Date.UTC(year, month), to: Date.UTC(year, month + 1) };
}

function monthNamed(table: string, name: string): Month | null {
  const [, year, month] = /_(\d{4})_(\d\d)$/.exec(name) ?? [];
  return year ? monthAt(table, Number(year), Number(month) - 1) : null;
}
