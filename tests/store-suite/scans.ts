import type { RowKind, RowKinds } from '../../src/answers/row-columns';
import type { ScanSelection, Store } from '../../src/store/store';
import { cdrRecord, noon } from '../support/cdr-builders';
import type { OpenStore } from './open-store';

/** More than two pages, of which no page ends where a second does. */
const count = 12_345;
const all: ScanSelection = { from: 0, to: Number.MAX_SAFE_INTEGER, filters: {}, sortOrder: 'asc' };
const recordOf = (n: number) => {
  const uniqueId = `${noon / 1000}.${n}`;
  const startTime = noon + Math.floor(n / 4_000) * 1000;
  return cdrRecord({
    uniqueId,
    linkedId: uniqueId,
    channel: `PJSIP/trunk-${n}`,
    startTime,
    endTime: startTime + 10_000,
    server: n % 2 === 0 ? 'pbx-east' : 'pbx-west',
    custom: n === 7 ? { 'a,"b"': 'ünï\n' } : n % 2 === 0 ? { Tenant: 'acme' } : {},
  });
};

async function filled(open: OpenStore): Promise<Store> {
  const opened = await open();
  await opened.add({ records: Array.from({ length: count }, (_, n) => recordOf(n)), events: [] });
  return opened;
}

async function keysOf(kind: RowKind, selection: ScanSelection, of: Store, between?: () => Promise<unknown>) {
  return of.scan(kind, selection, async (scan) => {
    const keys: Array<{ startTime: number | null; linkedId: string }> = [];
    for await (const page of scan.pages()) {
      keys.push(...page.map(({ startTime, linkedId }) => ({ startTime, linkedId })));
      await between?.();
    }
    return { keys, total: scan.total };
  });
}

const ids = (keys: Array<{ linkedId: string }>): Set<string> => new Set(keys.map(({ linkedId }) => linkedId));

/** All rows, page by page. */
export function scans(open: OpenStore): void {
  describe('a scan', () => {
    let store: Store;
    beforeAll(async () => {
      store = await filled(open);
    }, 120_000);
    afterAll(() => store.close());

    describe.each(['records', 'calls'] as const)('of %s', (kind) => {
      it.each(['asc', 'desc'] as const)('gives each row once, in the order of starts, %s', async (sortOrder) => {
        const { keys, total } = await keysOf(kind, { ...all, sortOrder }, store);
        expect([keys.length, ids(keys).size, total, await store.countRows(kind, all)]).toEqual([
          count,
          count,
          count,
          count,
        ]);
        const sign = sortOrder === 'asc' ? 1 : -1;
        expect(keys.every(({ startTime }, n) => n === 0 || sign * (startTime! - keys[n - 1]!.startTime!) >= 0)).toBe(
          true
        );
      });

      it('keeps to the range and the filters', async () => {
        const selection = { ...all, from: noon + 1000, to: noon + 2000, filters: { server: ['pbx-west'] } };
        const { keys } = await keysOf(kind, selection, store);
        expect(keys.length).toBe(2_000);
        expect(new Set(keys.map(({ startTime }) => startTime))).toEqual(new Set([noon + 1000]));
        expect(await store.countRows(kind, selection)).toBe(2_000);
      });

      it('sees the store of one moment, whatever is added, joined or removed meanwhile', async () => {
        const changing = await filled(open);
        let n = count;
        const { keys } = await keysOf(kind, { ...all, sortOrder: 'desc' }, changing, async () => {
          // An earlier leg that comes late moves a call that is still to be read to before where the scan is.
          const late = [1, 5_000, 9_000].map((call) => ({
            ...recordOf(call),
            sequence: n,
            startTime: noon - 1000 * n,
          }));
          await changing.add({ records: [...late, ...Array.from({ length: 100 }, () => recordOf(n++))], events: [] });
          await changing.removeBefore(noon + 1000);
        });
        expect([keys.length, ids(keys).size]).toEqual([count, count]);
        expect(await changing.countRows(kind, all)).not.toBe(count);
        await changing.close();
      });

      it('of no rows has no page', async () => {
        expect(await keysOf(kind, { ...all, to: 1 }, store)).toEqual({ keys: [], total: 0 });
      });

      it('knows the labels of the custom fields of its own rows', async () => {
        const labels = (filters: ScanSelection['filters']) =>
          store.scan(kind, { ...all, filters }, (scan) => scan.customLabels());
        expect(await labels({})).toEqual(['Tenant', 'a,"b"']);
        expect(await labels({ server: ['pbx-east'] })).toEqual(['Tenant']);
      });
    });

    it('gives rows as a question for rows does', async () => {
      const filters = { custom: { 'a,"b"': ['ünï\n'] } };
      const question = { ...all, filters, limit: 10, offset: 0, sortBy: 'startTime' as const };
      const scanned = <K extends RowKind>(kind: K) =>
        store.scan(kind, { ...all, filters }, async (scan) => {
          const rows: Array<RowKinds[K]> = [];
          for await (const page of scan.pages()) {
            rows.push(...page);
          }
          return rows;
        });
      expect(await scanned('records')).toEqual((await store.selectRecords(question)).rows);
      expect(await scanned('calls')).toEqual((await store.selectCalls(question)).rows);
      expect(await scanned('calls')).toHaveLength(1);
    });

    it('ends with an error when the store is closed meanwhile', async () => {
      const closing = await filled(open);
      await expect(keysOf('records', all, closing, () => closing.close())).rejects.toThrow('The store was closed');
    });
  });
}
