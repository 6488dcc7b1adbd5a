import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileStillOpenError, OpenFiles } from './open-files';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('files that are open', () => {
  it('are had by one at a time, in the order of asking', async () => {
    const files = new OpenFiles();
    const file = path.join(folder, 'a');
    const order: number[] = [];
    const use = async (n: number): Promise<void> => {
      const letGo = await files.claim(file);
      order.push(n);
      await Promise.resolve();
      order.push(-n);
      letGo();
    };
    await Promise.all([use(1), use(2), use(3)]);
    expect(order.map(Math.abs).filter((n, index, all) => n === all[index - 1])).toHaveLength(3);
  });

  it('are not waited for without end', async () => {
    const files = new OpenFiles(20);
    const file = path.join(folder, 'a');
    const letGo = await files.claim(file);
    await expect(files.claim(file)).rejects.toThrow(FileStillOpenError);
    (await files.claim(path.join(folder, 'b')))();
    letGo();
    (await files.claim(file))();
  });
});
