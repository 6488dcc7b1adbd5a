import { eventually } from '../reliability/eventually';
import { startStoreServer, type StoreServer } from '../support/store-server';
import { TestGrafana } from './grafanas';

let server: StoreServer;
let grafanas: TestGrafana[] = [];
beforeAll(async () => {
  server = await startStoreServer();
});
afterAll(async () => {
  await Promise.all(grafanas.map((grafana) => grafana.stop()));
  await server.run('DROP SCHEMA IF EXISTS calls CASCADE');
  await server.stop();
});

/** The PBXes that each Grafana knows, once each knows these. */
async function known(wanted: readonly string[]): Promise<string[][]> {
  const look = () =>
    Promise.all(grafanas.map(async (grafana) => (await grafana.status()).servers.map((one) => one.server).sort()));
  return eventually(look, (all) => all.every((servers) => servers.join() === wanted.join()), 60);
}

const remove = (grafana: TestGrafana) => grafana.post('forget-server', { server: 'pbx-east' });

test('a PBX that is removed in one Grafana is gone from all that share the store, also after a restart', async () => {
  grafanas = [await TestGrafana.start(server), await TestGrafana.start(server)];
  const [first, second] = grafanas as [TestGrafana, TestGrafana];
  const both = ['pbx-east', 'pbx-west'];
  expect(await known(both)).toEqual([both, both]);

  // The other one hears it as before.
  await second.deafen(0, ['pbx-west']);
  await eventually(
    () => server.run("SELECT FROM calls.heard_span WHERE server = 'pbx-east'"),
    (spans) => spans.length === 2
  );
  expect(await remove(second)).toMatchObject({
    status: 400,
    answer: {
      message: expect.stringContaining('"pbx-east" is heard, by this Grafana server or one that shares its store'),
    },
  });

  await first.deafen(0, ['pbx-west']);
  const removed = await eventually(
    () => remove(second),
    ({ status }) => status === 200,
    60
  );
  expect(removed).toEqual({ status: 200, answer: { forgotten: 'pbx-east' } });
  expect(await known(['pbx-west'])).toEqual([['pbx-west'], ['pbx-west']]);
  await eventually(
    () => server.run("SELECT FROM calls.heard WHERE server = 'pbx-east'"),
    (heard) => heard.length === 0
  );
  await second.killAndRun();
  await first.killAndRun();
  expect(await known(['pbx-west'])).toEqual([['pbx-west'], ['pbx-west']]);
}, 240_000);
