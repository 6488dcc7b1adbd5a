import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SavedSettings } from '../../src/settings/settings';
import { parseSettings } from '../../src/settings/settings';
import type { CallStore } from '../../src/store/call-store';
import { connectPostgres } from '../../src/store/postgres/connect-postgres';
import { openPostgresStore } from '../../src/store/postgres/open-postgres-store';
import { english } from '../../src/sentences/english';
import { postgresProblem } from '../../src/store/postgres/postgres-problem';
import { mounts } from '../../tools/test/needs';
import { mountDisk } from '../reliability/small-disk';
import { cdrRecord, defaultDerivation } from '../support/cdr-builders';
import { describeWhere } from '../support/describe-where';
import { startPostgresServer, type PostgresServer } from '../support/postgres-server';
import { forStandby, startStandby, type PostgresStandby } from '../support/postgres-standby';
import { storeOn } from '../support/store-in-postgres';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer({ settings: forStandby });
});
afterAll(() => server.stop());

/** Records of all tests: none is like another. */
let n = 0;
let opened: CallStore[] = [];
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  opened = [];
});

async function open(changes: SavedSettings['store']) {
  const saved = storeOn(server, changes);
  const { store: settings } = parseSettings({ store: saved.store });
  const pool = connectPostgres(settings, saved.secrets, () => undefined);
  const store = await openPostgresStore(pool, defaultDerivation, settings);
  opened.push(store);
  /** Why so many new records are not stored; null where they are. */
  const add = (count: number): Promise<string | null> => {
    const records = Array.from({ length: count }, () =>
      cdrRecord({ uniqueId: `1790000000.${n++}`, userField: 'x'.repeat(1000) })
    );
    return store.add({ records, events: [] }).then(
      () => null,
      (error: unknown) => english(postgresProblem(error, settings).text)
    );
  };
  return { store, add };
}

describe('a standby', () => {
  let standby: PostgresStandby;
  beforeAll(async () => {
    standby = await startStandby(server);
  });
  afterAll(() => standby.stop());

  it('answers what its primary stored, and takes nothing, which is said', async () => {
    const primary = await open({ schema: 'kept' });
    expect(await primary.add(10)).toBeNull();
    await standby.caughtUp();
    const { store, add } = await open({ schema: 'kept', port: standby.port });
    expect(await store.counts()).toMatchObject({ records: 10 });
    expect(await add(1)).toMatch(/^The PostgreSQL server is a read-only standby, .* Enter the host of the primary/);
  });

  it('has no schema made, which is said', async () => {
    await expect(open({ schema: 'other', port: standby.port })).rejects.toThrow(/read-only|recovery/);
  });
});

describeWhere(mounts)('a disk of its own', () => {
  it('that is full is said, nothing of the batch is stored, and all of it is once there is space', async () => {
    const disk = mountDisk(24);
    try {
      execFileSync('chown', ['postgres', disk.folder]);
      execFileSync('chmod', ['700', disk.folder]);
      await server.run(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
      await server.run(`ALTER ROLE ${server.address.user} SET default_tablespace = small`);
      const { store, add } = await open({ schema: 'full' });
      expect(await add(10)).toBeNull();
      const filler = path.join(disk.folder, 'filler');
      const { bavail, bsize } = statfsSync(disk.folder);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
      expect(await add(5_000)).toMatch(
        /^No space is left on the disk of the PostgreSQL server\. Free some space there/
      );
      expect(await store.counts()).toMatchObject({ records: 10 });
      rmSync(filler);
      expect(await add(5_000)).toBeNull();
      expect(await store.counts()).toMatchObject({ records: 5_010 });
      await server.run('DROP SCHEMA "full" CASCADE');
    } finally {
      await server.run(`ALTER ROLE ${server.address.user} RESET default_tablespace`);
      await server.run('DROP TABLESPACE IF EXISTS small').catch(() => undefined);
      disk.unmount();
    }
  });
});
