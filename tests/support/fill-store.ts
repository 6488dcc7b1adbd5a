import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { defaultDerivation, noon } from './cdr-builders';

/** Three records a second from `noon` on, four of five of them answered, and one call a record. */
const columns: Readonly<Record<string, string>> = {
  server: "'pbx-' || (n % 2)",
  linked_id: 'id',
  linked_id_mapped: 'true',
  unique_id: 'id',
  sequence: 'n',
  start_time: 'start',
  answer_time: 'if(n % 5 = 0, NULL, start + 2000)',
  end_time: 'start + 10000',
  utc_offset: '3600',
  duration: '10',
  billable_seconds: '8',
  source: "'+4930' || (1000000 + n * 7919 % 1000000)",
  destination: "'100'",
  destination_context: "'from-trunk'",
  caller_id: `'"Müller, Jörg ' || n || '" <+4930>'`,
  channel: "'PJSIP/trunk-acme-' || n",
  destination_channel: "'PJSIP/1001-' || n",
  last_application: "'Dial'",
  last_data: "'PJSIP/1001,20'",
  disposition: "if(n % 5 = 0, 'NO ANSWER', 'ANSWERED')",
  ama_flags: "'DOCUMENTATION'",
  account_code: "''",
  user_field: "''",
  direction: "'inbound'",
  agent: "'' || (1000 + n % 80)",
  queue: "''",
  custom: `'{"Tenant":"acme"}'`,
  imported: 'false',
  outcome: "if(n % 5 = 0, 'missed', 'answered')",
  talk_time: '8',
  wait_time: '0',
  ring_time: '2',
  queues: '[]',
  agents: "['' || (1000 + n % 80)]",
  records: '1',
  did: "'100'",
  trunk: "'PJSIP/trunk-acme'",
  calling_agent: "''",
  ended_by: "''",
  transfers: '0',
};

/** A store with so many records and calls, made by DuckDB itself: through ingest it would take minutes. */
export async function fillStore(file: string, rows: number): Promise<void> {
  await (await openDuckDbStore(file, defaultDerivation)).close();
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const parts = `SELECT n, ${noon} + n // 3 * 1000 AS start, (${noon / 1000} + n // 3) || '.' || n AS id FROM range(${rows}) r(n)`;
  for (const table of ['record', 'call']) {
    const info = await connection.runAndReadAll(`SELECT name FROM pragma_table_info('${table}')`);
    const values = info.getRowObjectsJS().map(({ name }) => columns[String(name)] ?? 'NULL');
    await connection.run(`INSERT INTO ${table} SELECT ${values.join(', ')} FROM (${parts})`);
  }
  // Nothing is to be derived again when the store is opened.
  await connection.run('DELETE FROM derivation');
  await connection.run('INSERT INTO derivation VALUES ($1)', [defaultDerivation.key]);
  connection.closeSync();
  instance.closeSync();
}
