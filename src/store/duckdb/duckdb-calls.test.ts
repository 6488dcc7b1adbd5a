import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { cdrRecord, defaultRules, noon, queueEvent } from '../../../tests/support/cdr-builders';
import { assembleCall } from '../../cdr/assemble-call';
import { addParts, callKey, noParts, type CallParts } from '../../cdr/call-parts';
import { DuckDbCalls } from './duckdb-calls';
import type { Connection } from './file-connection';
import { migrate } from './migrate';

/** So many calls that a table has several zones, one every ten seconds, of a PBX that puts its name before each id. */
const calls = 600_000;
const start = noon - calls * 10_000;
/** A table's zone has 122,880 rows, and what is sought may be in two of them. */
const fewRows = 250_000;

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  connection = await instance.connect();
  await migrate(connection);
  const rows =
    `SELECT 'pbx' AS server, 'pbx-east-' || (start // 1000) || '.' || n AS linked_id, start ` +
    `FROM (SELECT n, ${start} + n * 10000 AS start FROM range(${calls}) r(n))`;
  const times = {
    record: 'start_time',
    queue_event: 'at',
    call: 'start_time',
    queue_visit: 'join_time',
    agent_leg: 'start_time',
    transfer: 'transfer_time',
  };
  for (const [table, time] of Object.entries(times)) {
    await connection.run(`INSERT INTO ${table} (server, linked_id, "${time}") ${rows}`);
  }
}, 60_000);
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

interface Operator {
  operator_rows_scanned?: number;
  children: Operator[];
}

const scanned = ({ operator_rows_scanned: own = 0, children }: Operator): number =>
  children.reduce((sum, child) => sum + scanned(child), own);

/** Runs statements, and notes how many rows each of them read. */
function counting(rowsRead: number[]): Connection {
  const explain = async (sql: string, values: Parameters<Connection['run']>[1]): Promise<void> => {
    const found = await connection.runAndReadAll(`EXPLAIN (ANALYZE, FORMAT json) ${sql}`, values);
    rowsRead.push(scanned(JSON.parse(String(found.getRowsJS()[0]![1])) as Operator));
  };
  return {
    run: async (sql, values) => {
      if (sql.startsWith('DELETE')) {
        await explain(sql, values);
      }
      return connection.run(sql, values);
    },
    runAndReadAll: async (sql, values) => {
      await explain(sql, values);
      return connection.runAndReadAll(sql, values);
    },
    createAppender: (table) => connection.createAppender(table),
    interrupt: () => connection.interrupt(),
  };
}

it.each([
  ['whose id has its epoch', `pbx-east-${noon / 1000 + 60}.7`],
  ['whose id tells nothing', 'click-to-dial-4711'],
])('a batch of a call %s does not read the history to change it', async (_, linkedId) => {
  const rowsRead: number[] = [];
  await connection.run('DROP TABLE IF EXISTS temp.touched');
  await connection.run('DROP TABLE IF EXISTS temp.sought');
  await connection.run('DROP TABLE IF EXISTS temp.sought_id');
  const tables = await DuckDbCalls.open(counting(rowsRead));
  const id = { server: 'pbx', linkedId };
  let stored = noParts;
  const write = async (added: CallParts): Promise<void> => {
    const { parts, fresh } = addParts(stored, added);
    const assembled = assembleCall(parts, defaultRules);
    await tables.write([{ id, known: stored, parts, fresh, rewritten: true, assembled }]);
    stored = parts;
  };
  const own = { ...id, uniqueId: linkedId };
  await write({ records: [], events: [queueEvent('QueueCallerJoin', 60, own)] });
  rowsRead.splice(0);
  await write({ records: [cdrRecord({ ...own, startTime: noon + 60_000 })], events: [] });
  expect(rowsRead.length).toBeGreaterThanOrEqual(4);
  expect(Math.max(0, ...rowsRead)).toBeLessThan(fewRows);
  if (linkedId.startsWith('pbx')) {
    rowsRead.splice(0);
    expect((await tables.read([id])).get(callKey(id))).toEqual(stored);
    expect(Math.max(0, ...rowsRead)).toBeLessThan(fewRows);
  }
});
