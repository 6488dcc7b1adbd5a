import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parseSettings } from '../../src/settings/settings';
import { isHeardByOthers } from '../../src/settings/store-settings';
import { connectPostgres } from '../../src/store/postgres/connect-postgres';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { cdrRecord, defaultDerivation } from '../support/cdr-builders';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { storeOn } from '../support/store-in-postgres';

const page = readFileSync(path.join(__dirname, '../../docs/postgres.md'), 'utf8');
const [forWriter, forReader] = [...page.matchAll(/```sql\n([^]*?)```/g)].map(([, sql]) => sql!);

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer({ database: 'calls' });
});
afterAll(() => server.stop());

async function open(user: string, heardBy: 'this' | 'others') {
  const { store: saved } = storeOn(server, { user, schema: 'cdr', heardBy });
  const { store: settings } = parseSettings({ store: saved });
  const pool = connectPostgres(settings, { storePassword: 'secret' }, () => undefined);
  const store = await openPostgresStore(pool, defaultDerivation, {
    ...settings,
    onlyAnswers: isHeardByOthers(settings),
  });
  return store;
}

test('the grants of docs/postgres.md let one role store and another only answer', async () => {
  await server.run(forWriter!);
  const writer = await open('cdr_writer', 'this');
  const records = [cdrRecord(), cdrRecord({ uniqueId: '1700000000.1', startTime: Date.UTC(2023, 10, 14) })];
  await writer.add({ records, events: [] });

  await server.run(forReader!);
  const reader = await open('cdr_reader', 'others');
  expect(await reader.counts()).toMatchObject({ records: 2, calls: 2 });
  // A month that is made after the grants.
  await writer.add({
    records: [cdrRecord({ uniqueId: '1600000000.1', startTime: Date.UTC(2020, 8, 13) })],
    events: [],
  });
  expect(await reader.counts()).toMatchObject({ records: 3, calls: 3 });
  await expect(reader.add({ records: [cdrRecord({ uniqueId: '1.1' })], events: [] })).rejects.toThrow();
  await writer.sharing.keepBoards(new Map([['pbx', { queues: [], calls: [] }]]));
  expect(await reader.sharing.boards()).toEqual(new Map([['pbx', { queues: [], calls: [] }]]));
  expect(await reader.sharing.forgotten()).toEqual(new Map());
  await expect(reader.sharing.forget('pbx')).rejects.toThrow(/permission denied/);
  const pool = server.pool({ user: 'cdr_reader', password: 'secret' });
  await expect(pool.query('DELETE FROM cdr.record')).rejects.toThrow(/permission denied/);
  await pool.end();
  expect(await writer.counts()).toMatchObject({ records: 3 });
  await Promise.all([writer, reader].map((store) => store.close()));
});

test('the data source by YAML of docs/postgres.md can be read as it stands', () => {
  const [, yaml] = /```yaml\n([^]*?)```/.exec(page)!;
  const { jsonData, secureJsonData } = parse(yaml!) as { jsonData: object; secureJsonData: object };
  const { store } = parseSettings(jsonData);
  expect(store).toEqual((jsonData as { store: object }).store);
  expect(Object.keys(secureJsonData)).toEqual(['storePassword', 'storeCACert']);
});
