import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { defaultDerivation, cdrRecord } from '../support/cdr-builders';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { inTransaction } from '../../src/store/postgres/session';
import { all } from '../store-suite/open-store';
import { startStoreServer, type StoreServer } from '../support/store-server';

let server: StoreServer;
let way: Server;
/** How often something was sent after something else had come back. */
let trips = 0;
beforeAll(async () => {
  server = await startStoreServer();
  const { port } = server.pool().options;
  way = createServer((near) => {
    const far = connect(port!, '127.0.0.1');
    let hasCome = true;
    near.on('data', (bytes) => {
      trips += hasCome ? 1 : 0;
      hasCome = false;
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      hasCome = true;
      near.write(bytes);
    });
    near.on('close', () => far.destroy()).on('error', () => undefined);
    far.on('close', () => near.destroy()).on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(way, 'listening');
});
afterAll(async () => {
  way.close();
  await server.run('DROP SCHEMA IF EXISTS trips CASCADE');
  await server.stop();
});

const pool = () => server.pool({ host: '127.0.0.1', port: (way.address() as AddressInfo).port, max: 2 });

async function tripsOf(task: () => Promise<unknown>): Promise<number> {
  await task();
  // What the process asks for itself each second is on its way by chance.
  const counts = [];
  for (let run = 0; run < 5; run++) {
    const before = trips;
    await task();
    counts.push(trips - before);
  }
  return Math.min(...counts);
}

test('a question with its transaction and the settings of it takes one round trip', async () => {
  const store = await openPostgresStore(pool(), defaultDerivation, { schema: 'trips', citus: server.citus });
  await store.add({ records: [cdrRecord()], events: [] });
  expect(await tripsOf(() => store.selectRecords(all))).toBe(1);
  await store.close();
});

test('statements of a transaction that nobody waits for between take one together, and its end another', async () => {
  const connections = pool();
  const kind = { mode: 'READ ONLY', schema: 'public', statementMs: 60_000 } as const;
  const ask = () =>
    inTransaction(connections, kind, (session) =>
      Promise.all(['SELECT 1 AS one', 'SELECT 2 AS one', 'SELECT 3 AS one'].map((sql) => session.run(sql)))
    );
  expect((await ask()).map(({ rows }) => rows[0]!.one)).toEqual([1, 2, 3]);
  expect(await tripsOf(ask)).toBe(2);
  await connections.end();
});

test('a statement that fails is the error of its transaction, whatever was put after it', async () => {
  const connections = pool();
  const kind = { mode: 'READ ONLY', schema: 'public', statementMs: 60_000 } as const;
  const failing = inTransaction(connections, kind, (session) =>
    Promise.all(['SELECT 1', 'SELECT 1 / 0', 'SELECT 2'].map((sql) => session.run(sql)))
  );
  await expect(failing).rejects.toThrow('division by zero');
  const [{ rows }] = await inTransaction(connections, kind, (session) => Promise.all([session.run('SELECT 3 AS n')]));
  expect(rows).toEqual([{ n: 3 }]);
  await connections.end();
});

test('what can not begin a transaction is its error, not what was put in it', async () => {
  const connections = pool();
  const settings = { no_such_setting: 1 };
  const kind = { mode: 'READ ONLY', schema: 'public', settings, statementMs: 60_000 } as const;
  await expect(inTransaction(connections, kind, (session) => session.run('SELECT 1'))).rejects.toThrow(
    'no_such_setting'
  );
  await connections.end();
});
