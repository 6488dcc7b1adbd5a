import * as v from 'valibot';
import { PbxClock } from '../../src/cdr/pbx-clock';
import { openHistory } from '../../src/import/open-history';
import { importEntries, type SavedImport } from '../../src/settings/import-settings';
import { selfSignedCertificate } from '../self-signed-certificate';
import { defaultDerivation } from '../support/cdr-builders';
import { freepbx } from './cdr-rows';
import { reader, startMariadb, startPostgres, type TestDatabase } from './databases';
import { withTable } from './fill-table';

const certificate = selfSignedCertificate();
const { rules } = defaultDerivation;

let databases: Record<TestDatabase['type'], TestDatabase>;
beforeAll(async () => {
  const [mysql, postgres] = await Promise.all([startMariadb(certificate), startPostgres(certificate)]);
  databases = { mysql, postgres };
  await withTable(mysql, freepbx);
  await withTable(postgres, { ...freepbx, calldate: { ...freepbx.calldate!, sql: 'timestamp' } });
}, 180_000);
afterAll(async () => {
  await Promise.all(Object.values(databases).map((database) => database.stop()));
});

/** Rows that an import would read, or why it reads none. */
async function rowsOf(type: TestDatabase['type'], changes: SavedImport, ca: string): Promise<number | string> {
  const settings = v.parse(importEntries, {
    server: 'pbx-east',
    type,
    host: '127.0.0.1',
    port: databases[type].port,
    user: reader.user,
    tls: true,
    ...changes,
  });
  try {
    const { password } = reader;
    const source = await openHistory({
      settings,
      password,
      ca,
      csvFolder: undefined,
      clock: new PbxClock('UTC'),
      rules,
    });
    const rows = await source.size('', 0);
    await source.close();
    return rows;
  } catch (error) {
    const { message } = error as Error;
    expect(message).not.toContain(reader.password);
    expect(message).not.toContain('BEGIN CERTIFICATE');
    return message;
  }
}

describe.each(['mysql', 'postgres'] as const)('%s with a certificate that signed itself', (type) => {
  it('is read by whoever was given it', async () => {
    expect(await rowsOf(type, {}, certificate.cert)).toBe(31);
  });

  it.each([
    ['without it', ''],
    ['with that of another', selfSignedCertificate().cert],
    ['with what is none', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['with noise', 'noise'],
  ])('is not trusted %s', async (_, ca) => {
    expect(await rowsOf(type, {}, ca)).toMatch(
      "The certificate of the database isn't trusted (self-signed certificate). Provide the authority"
    );
  });

  it('is not trusted by a name that is not in it', async () => {
    expect(await rowsOf(type, { host: 'localhost' }, certificate.cert)).toMatch(
      /isn't trusted \(.*localhost.*\).* issued to "localhost"/
    );
  });

  it('is not read without TLS where it takes nothing else', async () => {
    expect(await rowsOf(type, { tls: false }, '')).toMatch(/Turn on TLS|pg_hba\.conf/);
  });
});
