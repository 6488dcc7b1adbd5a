import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { startMariadb } from '../tests/import/databases';
import type { Figures } from './agreement';
import { medianMilliseconds } from './median';
import { questions } from './questions';
import { year } from './year';

/** FreePBX's table and its indexes: none on linkedid. */
const table = `CREATE TABLE cdr (
  calldate datetime NOT NULL, clid varchar(80) NOT NULL, src varchar(80) NOT NULL, dst varchar(80) NOT NULL,
  dcontext varchar(80) NOT NULL, channel varchar(80) NOT NULL, dstchannel varchar(80) NOT NULL,
  lastapp varchar(80) NOT NULL, lastdata varchar(80) NOT NULL, duration int NOT NULL, billsec int NOT NULL,
  disposition varchar(45) NOT NULL, amaflags int NOT NULL, accountcode varchar(20) NOT NULL,
  uniqueid varchar(32) NOT NULL, userfield varchar(255) NOT NULL, did varchar(50) NOT NULL,
  recordingfile varchar(255) NOT NULL, cnum varchar(80) NOT NULL, cnam varchar(80) NOT NULL,
  outbound_cnum varchar(80) NOT NULL, outbound_cnam varchar(80) NOT NULL, dst_cnam varchar(80) NOT NULL,
  linkedid varchar(32) NOT NULL, peeraccount varchar(80) NOT NULL, sequence int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci`;
const indexes = `ALTER TABLE cdr ADD KEY calldate (calldate), ADD KEY dst (dst), ADD KEY accountcode (accountcode),
  ADD KEY uniqueid (uniqueid), ADD KEY did (did), ADD KEY recordingfile (recordingfile(191))`;

/** A row of that table from one of the store's, in the order of its columns. */
export const cdrRow = `SELECT strftime(make_timestamp(start_time * 1000), '%Y-%m-%d %H:%M:%S'), caller_id, source, destination,
  destination_context, channel, destination_channel, last_application, last_data, duration, billable_seconds, disposition,
  3, account_code, unique_id, user_field, if(direction = 'inbound', destination, ''), 'in-' || unique_id || '.wav',
  source, '', '', '', '', linked_id, '', sequence FROM record ORDER BY start_time`;

/** A MariaDB of its own with memory to work in, and the `asteriskcdrdb.cdr` that a PBX would have filled. */
export class MariadbCdr {
  private constructor(
    private readonly server: { stop: () => Promise<void> },
    private readonly connection: Connection
  ) {}

  /** @throws Error when MariaDB is not installed or can't be started (it needs root, to run as its own user) */
  static async start(): Promise<MariadbCdr> {
    const server = await startMariadb();
    const connection = await createConnection({
      ...{ host: '127.0.0.1', port: server.port, user: 'owner', password: 'owner', database: 'asteriskcdrdb' },
      ...{ namedPlaceholders: true, decimalNumbers: true, dateStrings: true },
    });
    await connection.query('SET GLOBAL innodb_buffer_pool_size = 2147483648');
    // Groups of a year's calls in memory, not on disk.
    await connection.query('SET max_heap_table_size = 1073741824, tmp_table_size = 1073741824');
    return new MariadbCdr(server, connection);
  }

  /** Takes in a file that DuckDB wrote of `cdrRow`, in place of what was there. */
  async load(csv: string): Promise<void> {
    await this.connection.query('DROP TABLE IF EXISTS cdr');
    await this.connection.query(table);
    await this.connection.query(
      `LOAD DATA INFILE '${csv}' INTO TABLE cdr CHARACTER SET utf8mb4
        FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '' LINES TERMINATED BY '\\n'`
    );
    await this.connection.query(indexes);
    await this.connection.query('ANALYZE TABLE cdr');
  }

  /** Median milliseconds and answer of each question. */
  async ask(): Promise<Array<{ ms: number; figures: Figures }>> {
    const answers: Array<{ ms: number; figures: Figures }> = [];
    for (const { mariadb, span } of questions) {
      const wall = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
      const range = { from: wall(year.to - span), to: wall(year.to) };
      const ask = async () => (await this.connection.query<RowDataPacket[]>(mariadb, range))[0];
      const ms = await medianMilliseconds(ask);
      answers.push({ ms, figures: inColumns(await ask()) });
    }
    return answers;
  }

  async stop(): Promise<void> {
    await this.connection.end();
    await this.server.stop();
  }
}

function inColumns(rows: readonly RowDataPacket[]): Figures {
  const names = Object.keys(rows[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] as string | number | null)]));
}
