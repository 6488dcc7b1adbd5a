import { cdrRecord, noon } from '../support/cdr-builders';
import { withStore, type OpenStore } from './open-store';

const hour = 3_600_000;

/** What is old goes. */
export function retention(open: OpenStore): void {
  describe('the retention of a store', () => {
    it('removes what is older than the retention', async () => {
      const old = cdrRecord({
        startTime: noon - 48 * hour,
        uniqueId: `${noon / 1000 - 172_800}.1`,
        linkedId: `${noon / 1000 - 172_800}.1`,
      });
      await withStore(open, [{ records: [old, cdrRecord()], events: [] }], async (store) => {
        expect(await store.removeBefore(noon - 24 * hour)).toBe(1);
        expect(await store.counts()).toMatchObject({ records: 1, calls: 1 });
      });
    });

    it('removes what has no start by its end or the epoch of its id', async () => {
      const old = noon / 1000 - 172_800;
      const undated = [
        cdrRecord({ startTime: null, endTime: noon - 48 * hour, uniqueId: 'a', linkedId: 'a' }),
        cdrRecord({ startTime: null, endTime: null, uniqueId: `${old}.1`, linkedId: `${old}.1` }),
      ];
      await withStore(open, [{ records: [...undated, cdrRecord({ startTime: null })], events: [] }], async (store) => {
        expect(await store.removeBefore(noon - 24 * hour)).toBe(2);
        expect(await store.counts()).toMatchObject({ records: 1, calls: 1 });
      });
    });

    it('removes what tells no time at all once it was there for as long as is kept', async () => {
      const timeless = { startTime: null, answerTime: null, endTime: null };
      const undated = [
        cdrRecord({ ...timeless, uniqueId: 'a', linkedId: 'a' }),
        cdrRecord({ ...timeless, uniqueId: 'b', linkedId: 'b', queue: 'support', lastApplication: 'Queue' }),
      ];
      const now = Date.now();
      const fresh = cdrRecord({ startTime: now + 2 * hour, endTime: now + 2 * hour });
      await withStore(open, [{ records: [...undated, fresh], events: [] }], async (store) => {
        expect(await store.removeBefore(now - hour)).toBe(0);
        expect(await store.removeBefore(now - 1)).toBe(0);
        expect(await store.counts()).toMatchObject({ records: 3, calls: 3 });
        expect(await store.removeBefore(now + hour)).toBe(2);
        expect(await store.counts()).toMatchObject({ records: 1, calls: 1 });
        expect(await store.add({ records: undated, events: [] })).toHaveLength(2);
        expect(await store.counts()).toMatchObject({ records: 3, calls: 3 });
      });
    });
  });
}
