import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cdrRecord, defaultDerivation, noon } from '../../../tests/support/cdr-builders';
import { openHandles } from '../../../tests/support/open-handles';
import type { CallParts } from '../../cdr/call-parts';
import type { RowSelection } from '../../answers/answer-store';
import type { ScanSelection, Store } from '../store';
import { StoreClosedError } from '../store-closed-error';
import { openDuckDbStore } from './open-duckdb-store';

const all: ScanSelection = { from: 0, to: Number.MAX_SAFE_INTEGER, filters: {}, sortOrder: 'asc' };
const slow: RowSelection = { ...all, sortBy: 'source', limit: 100, offset: 0 };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'close-'));
  file = path.join(folder, 'test.duckdb');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): Promise<Store> => openDuckDbStore(file, defaultDerivation, { recentCalls: 0 });

function batch(first: number, count: number): CallParts {
  const records = Array.from({ length: count }, (_, index) => {
    const n = first + index;
    const uniqueId = `${noon / 1000 + n}.${n}`;
    return cdrRecord({ uniqueId, linkedId: uniqueId, channel: `PJSIP/trunk-${n}`, startTime: noon + n * 1000 });
  });
  return { records, events: [] };
}

async function rowsOf(store: Store): Promise<number> {
  return store.scan('records', all, async (scan) => {
    let rows = 0;
    for await (const page of scan.pages()) {
      rows += page.length;
    }
    return rows;
  });
}

/** How a question ends. */
const ending = (question: Promise<unknown>): Promise<unknown> =>
  question.then(
    () => 'answered',
    (error: unknown) => (error instanceof StoreClosedError ? 'closed' : error)
  );

describe('closing a store', () => {
  it('ends questions, waiting or running, and lets the file go', async () => {
    const store = await open();
    await store.add(batch(0, 5_000));
    const asked = Array.from({ length: 12 }, () => ending(store.selectRecords(slow)));
    await store.close();
    expect(openHandles(file)).toBe(0);
    const endings = await Promise.all(asked);
    // One that ran may have been answered before it could be interrupted.
    expect(['closed', 'answered']).toEqual(expect.arrayContaining(endings));
    expect(new Set(endings.slice(2))).toEqual(new Set(['closed']));
    await expect(store.counts()).rejects.toThrow(StoreClosedError);
    await expect(store.add(batch(0, 1))).rejects.toThrow(StoreClosedError);
  });

  it('ends scans that are opened or read, and the next to open the file sees all that was written and loses nothing', async () => {
    const first = await open();
    await first.add(batch(0, 12_000));
    const scans = Array.from({ length: 3 }, () => ending(rowsOf(first)));
    const added = first.add(batch(12_000, 500));
    const closed = first.close();
    const second = await open();
    expect(openHandles(file)).toBe(1);
    await second.add(batch(12_500, 500));
    await closed;
    expect(openHandles(file)).toBe(1);
    expect(await Promise.all(scans)).toEqual(['closed', 'closed', 'closed']);
    await added;
    await second.close();
    const third = await open();
    expect(await rowsOf(third)).toBe(13_000);
    await third.close();
    expect(openHandles(file)).toBe(0);
  }, 60_000);

  it('does not wait for whoever reads a scan slowly', async () => {
    const store = await open();
    await store.add(batch(0, 6_000));
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const read = ending(
      store.scan('records', all, async (scan) => {
        const pages = scan.pages()[Symbol.asyncIterator]();
        await pages.next();
        await held;
        await pages.next();
      })
    );
    await store.close();
    expect(openHandles(file)).toBe(0);
    goOn();
    expect(await read).toBe('closed');
  });
});
