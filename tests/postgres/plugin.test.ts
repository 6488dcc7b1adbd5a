import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { eventually } from '../reliability/eventually';
import { selfSignedCertificate } from '../self-signed-certificate';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { storeOn } from '../support/store-in-postgres';

const certificate = selfSignedCertificate();
let server: PostgresServer;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let folder: string;
beforeAll(async () => {
  server = await startPostgresServer({ certificate });
  amiws = await startFakeAmiws(['pbx-east']);
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-postgres-'));
  plugin = await startPlugin({ dataPath: folder });
});
afterAll(async () => {
  await plugin.stop();
  await amiws.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the built plugin keeps calls in PostgreSQL over TLS, and tells only Admins where', async () => {
  const { store, secrets } = storeOn(server, { tls: 'verify' });
  const dataSource: DataSource = {
    uid: 'cdr',
    name: 'CDR',
    jsonData: { amiwsUrl: amiws.url, store },
    secureJsonData: { storePassword: secrets.storePassword!, storeCACert: certificate.cert },
    updated: 1,
  };
  await plugin.client.checkHealth(dataSource);
  await amiws.connected();
  amiws.send(cdrFrame());
  const health = () => plugin.client.checkHealth(dataSource);
  const { status, message } = await eventually(health, ({ details }) => details?.records === 1);
  expect(status).toBe('ok');
  expect(message).toMatch(
    /1 CDRs of 1 calls are stored in PostgreSQL, database store at 127\.0\.0\.1, schema cdr_1_cdr_/
  );
  expect(
    await server.run('SELECT count(*)::int AS schemas FROM pg_namespace WHERE nspname LIKE $1', ['cdr_1_cdr_%'])
  ).toEqual([{ schemas: 1 }]);
  const viewer = await plugin.client.checkHealth({ ...dataSource, askedBy: { login: 'ann', role: 'Viewer' } });
  expect(JSON.stringify([viewer, plugin.logs])).not.toMatch(/127\.0\.0\.1:?\d* schema|password"?:|BEGIN CERT/);
  expect(JSON.stringify(viewer)).not.toMatch(/PostgreSQL|127\.0\.0\.1/);
});
