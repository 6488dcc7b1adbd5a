import { setTimeout as sleep } from 'node:timers/promises';
import { OwnConnection } from '../../src/store/postgres/own-connection';
import { eventually } from '../reliability/eventually';
import { startStoreServer, type StoreServer } from '../support/store-server';

let server: StoreServer;
beforeAll(async () => {
  server = await startStoreServer();
});
afterAll(() => server.stop());

test('a connection that broke while nobody asked is replaced by the next statement, and listens', async () => {
  const notices: string[] = [];
  const pool = server.pool();
  const connection = new OwnConnection({
    pool: pool.options,
    channel: 'own_connection',
    onNotice: (text) => notices.push(text),
  });
  const asked = 'SELECT pg_backend_pid() AS pid';
  const [before] = await connection.rows(asked);
  await server.run('SELECT pg_terminate_backend($1::int)', [before!.pid]);
  await eventually(
    () => server.run('SELECT FROM pg_stat_activity WHERE pid = $1::int', [before!.pid]),
    (found) => found.length === 0
  );
  await sleep(500);
  const [after] = await connection.rows(asked);
  expect(after!.pid).not.toBe(before!.pid);
  await server.run("SELECT pg_notify('own_connection', 'changed')");
  await eventually(
    async () => notices,
    ({ length }) => length > 0
  );
  expect(notices).toEqual(['changed']);
  connection.close();
  await pool.end();
});
