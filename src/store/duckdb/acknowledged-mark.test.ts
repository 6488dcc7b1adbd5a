import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { itWhere } from '../../../tests/support/describe-where';
import { posix } from '../../../tools/test/needs';
import { AcknowledgedMark, markOf, type Acknowledged } from './acknowledged-mark';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mark-'));
  file = path.join(folder, 'test.duckdb');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const acknowledged = (sequence: number, servers: Acknowledged['servers'] = {}): Acknowledged => ({
  store: 'a',
  sequence,
  since: 1,
  servers,
});

async function opened<T>(look: (mark: AcknowledgedMark) => Promise<T> | T): Promise<T> {
  const mark = await AcknowledgedMark.open(file);
  try {
    return await look(mark);
  } finally {
    await mark.close();
  }
}
const before = (): Promise<Acknowledged | null> => opened((mark) => mark.before);

describe('the mark of what a store acknowledged', () => {
  itWhere(posix)(
    'says nothing at first, then what was written last, however often it is opened, to its owner only',
    async () => {
      expect(await before()).toBeNull();
      for (let sequence = 1; sequence < 6; sequence++) {
        await opened(async (mark) => {
          await mark.write(acknowledged(sequence, { 'pbx-east': [sequence, 100] }));
          await mark.write(acknowledged(sequence + 0.5));
        });
        expect(await before()).toEqual(acknowledged(sequence + 0.5));
      }
      expect(statSync(markOf(file)).mode & 0o777).toBe(0o600);
    }
  );

  it('says what was written before the last where a write of it was cut short', async () => {
    await opened(async (mark) => {
      await mark.write(acknowledged(1, { 'pbx-east': [1, 100] }));
      await mark.write(acknowledged(2, { 'pbx-east': [2, 200] }));
    });
    const bytes = readFileSync(markOf(file));
    const second = bytes.indexOf('"sequence":2');
    bytes.fill(0, second + 20, second + 200);
    writeFileSync(markOf(file), bytes);
    expect(await before()).toEqual(acknowledged(1, { 'pbx-east': [1, 100] }));
  });

  it('says what was written last also where that counts less, as after a store was begun again', async () => {
    await opened(async (mark) => {
      await mark.write(acknowledged(20));
      await mark.write(acknowledged(1));
    });
    expect(await before()).toEqual(acknowledged(1));
  });

  it('keeps its size, however many PBXes there are: those that wrote last stay', async () => {
    const servers = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, n): [string, [number, number]] => [`pbx-${n}`, [n, n]])
    );
    await opened((mark) => mark.write(acknowledged(2_000, servers)));
    expect(statSync(markOf(file)).size).toBeLessThanOrEqual(16_384);
    const kept = (await before())!.servers;
    expect(kept['pbx-1999']).toEqual([1_999, 1_999]);
    expect(Object.keys(kept).length).toBeGreaterThan(100);
  });
});
