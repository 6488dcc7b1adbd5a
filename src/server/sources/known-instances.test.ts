import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quietLog } from '../../../tests/support/quiet-log';
import { itWhere } from '../../../tests/support/describe-where';
import { posix } from '../../../tools/test/needs';
import { KnownInstances } from './known-instances';

describe('the known data sources', () => {
  let folder: string;
  const file = () => path.join(folder, 'instances.json');
  const instance = (uid: string) => ({
    orgId: 1,
    uid,
    name: 'PBX',
    jsonData: { amiwsUrl: 'ws://pbx' },
    updated: 5,
    resumes: true,
    schema: '',
    idleHours: 0,
  });
  const open = async () => {
    const known = new KnownInstances(folder, quietLog);
    await known.read();
    return known;
  };

  beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'known-'))));
  afterEach(() => rm(folder, { recursive: true }));

  itWhere(posix)('are known to the next run, from a file that others can not read', async () => {
    const known = await open();
    known.put(instance('a'));
    known.put(instance('b'));
    known.put({ ...instance('a'), idleHours: 3 });
    await known.saved();
    expect((await open()).all).toEqual([{ ...instance('a'), idleHours: 3 }, instance('b')]);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['instances.json']);
  });

  it('are known though one entry among them can not be read', async () => {
    const entries = [null, instance('a'), 7, { uid: 'half' }, { ...instance('b'), updated: 'then' }, instance('c')];
    await writeFile(file(), JSON.stringify(entries));
    expect((await open()).all.map(({ uid }) => uid)).toEqual(['a', 'c']);
  });

  it('are none where there is no file, or one that is no JSON', async () => {
    expect((await open()).all).toEqual([]);
    await writeFile(file(), '[{"orgId":');
    expect((await open()).all).toEqual([]);
  });

  it('resume when an earlier version of the file says nothing of it', async () => {
    await writeFile(file(), JSON.stringify([{ orgId: 1, uid: 'a', name: 'A', jsonData: {}, updated: 0 }]));
    expect((await open()).get(1, 'a')).toMatchObject({ resumes: true, idleHours: 0 });
  });

  it('are gone for good once forgotten', async () => {
    const known = await open();
    known.put(instance('a'));
    await known.saved();
    known.forget(1, 'a');
    await known.saved();
    expect(await readFile(file(), 'utf8')).toBe('[]');
  });
});
