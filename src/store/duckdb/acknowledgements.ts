import type { Gap } from '../../cdr/gap';
import { AcknowledgedMark } from './acknowledged-mark';
import { DuckDbLogbook } from './duckdb-logbook';
import type { Connection } from './file-connection';
import { lostWrites, type Held } from './lost-writes';

/** What was found of a store before anything is written to it. */
export interface Found {
  mark: AcknowledgedMark;
  lost: readonly Gap[];
  lastHeard: ReadonlyMap<string, number>;
  /** True for a store that has counted nothing yet. */
  isNew: boolean;
}

/** Compares a store with what it acknowledged, before it is migrated: the first write cuts off what of its log is damaged. */
export async function findLost(file: string, connection: Connection): Promise<Found> {
  const mark = await AcknowledgedMark.open(file);
  try {
    const tables = new Set((await rowsOf(connection, 'SELECT table_name AS name FROM duckdb_tables()')).map(nameOf));
    const lastHeard = new Map(
      tables.has('heard')
        ? (await rowsOf(connection, 'SELECT server AS name, "at" FROM heard')).map((row) => [
            nameOf(row),
            Number(row.at),
          ])
        : []
    );
    const held = tables.has('acknowledged') ? await heldBy(connection) : null;
    return { mark, lost: lostWrites(mark.before, held, lastHeard), lastHeard, isNew: held === null };
  } catch (error) {
    await mark.close();
    throw error;
  }
}

/**
 * Counts what a store acknowledges, in its database and beside it, so that the one can be found to lack what the other
 * has.
 */
export class Acknowledgements {
  private constructor(
    private readonly connection: Connection,
    private readonly mark: AcknowledgedMark,
    private held: Held & { since: number },
    /** The last write of each PBX. */
    private readonly servers: Map<string, readonly [sequence: number, at: number]>
  ) {}

  /** Keeps what is lost as gaps, so that nothing is found lost twice. The store has today's schema. */
  static async begin({ mark, lost, lastHeard, isNew }: Found, connection: Connection): Promise<Acknowledgements> {
    if (lost.length > 0) {
      await keepAsGaps(lost, lastHeard, connection);
    }
    if (isNew || lost.length > 0) {
      // So that the file itself, without its log, has both.
      await connection.run('CHECKPOINT');
    }
    const held = await heldBy(connection);
    const isSame = mark.before?.store === held.store && lost.length === 0;
    const begun = new Acknowledgements(
      connection,
      mark,
      held,
      new Map(isSame ? Object.entries(mark.before.servers) : [])
    );
    await begun.acknowledge([]);
    return begun;
  }

  /** Counts the write under way, as a part of its transaction. */
  async count(): Promise<void> {
    this.held = { ...this.held, sequence: this.held.sequence + 1, at: Date.now() };
    await this.connection.run('UPDATE acknowledged SET sequence = $1::BIGINT, "at" = $2::BIGINT', [
      BigInt(this.held.sequence),
      BigInt(this.held.at),
    ]);
  }

  /** The write that was counted, of these PBXes, is durable. */
  async acknowledge(servers: Iterable<string>): Promise<void> {
    for (const server of servers) {
      this.servers.set(server, [this.held.sequence, this.held.at]);
    }
    // What is stored is stored; only finding it lost one day would need the mark.
    await this.writeMark().catch(() => undefined);
  }

  close(): Promise<void> {
    return this.mark.close();
  }

  private writeMark(): Promise<void> {
    const { store, sequence, since } = this.held;
    return this.mark.write({ store, sequence, since, servers: Object.fromEntries(this.servers) });
  }
}

async function keepAsGaps(
  lost: readonly Gap[],
  lastHeard: ReadonlyMap<string, number>,
  connection: Connection
): Promise<void> {
  const logbook = new DuckDbLogbook(connection);
  const ends = lost.map(({ server, endTime }) => [server, Math.max(endTime!, lastHeard.get(server) ?? 0)] as const);
  await connection.run('BEGIN');
  try {
    for (const gap of lost) {
      await logbook.addGap(gap);
    }
    // After that, the data source did not run.
    await logbook.rememberHeard(new Map([...lastHeard, ...ends]));
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function heldBy(connection: Connection): Promise<Held & { since: number }> {
  const [row] = await rowsOf(connection, 'SELECT store, sequence, since, "at" FROM acknowledged');
  return {
    store: String(row!.store),
    sequence: Number(row!.sequence),
    since: Number(row!.since),
    at: Number(row!.at),
  };
}

async function rowsOf(connection: Connection, sql: string): Promise<Array<Record<string, unknown>>> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

const nameOf = ({ name }: Record<string, unknown>): string => String(name);
