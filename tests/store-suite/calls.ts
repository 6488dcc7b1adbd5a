import { cdrRecord, noon, queueEvent } from '../support/cdr-builders';
import { all, named, withStore, type OpenStore } from './open-store';

const hour = 3_600_000;

/** Parts that come in become calls, once, however and whenever they come. */
export function calls(open: OpenStore): void {
  describe('a store', () => {
    it('gives back a record as it was', async () => {
      const record = cdrRecord({ custom: { Département: 'café' }, sequence: null, answerTime: null });
      await withStore(open, [{ records: [record], events: [] }], async (store) => {
        expect((await store.selectRecords(all)).rows).toEqual([record]);
      });
    });

    it('keeps what it was given when it is opened again', async () => {
      const first = await open(named);
      await first.add({ records: [cdrRecord()], events: [queueEvent('QueueCallerJoin', 0)] });
      await first.close();
      const second = await open(named);
      expect(await second.counts()).toMatchObject({ records: 1, calls: 1 });
      const [change] = await second.add({ records: [cdrRecord({ sequence: 2 })], events: [] });
      expect(change?.assembled).toMatchObject({ call: { records: 2 }, visits: [{ queue: 'support' }] });
      await second.close();
    });

    it('takes frames that come twice once, also after it was opened again', async () => {
      const parts = { records: [cdrRecord(), cdrRecord()], events: [queueEvent('QueueCallerJoin', 0)] };
      const first = await open(named);
      expect(await first.add(parts)).toHaveLength(1);
      expect(await first.add(parts)).toHaveLength(0);
      await first.close();
      const second = await open(named);
      expect(await second.add(parts)).toHaveLength(0);
      expect(await second.counts()).toMatchObject({ records: 1, calls: 1 });
      await second.close();
    });

    it('knows what it stored of a batch of more calls than it keeps at hand', async () => {
      const records = Array.from({ length: 50_500 }, (_, n) =>
        cdrRecord({ uniqueId: `${noon / 1000}.${n}`, linkedId: `${noon / 1000}.${n}` })
      );
      await withStore(open, [{ records, events: [] }], async (store) => {
        expect(await store.add({ records, events: [] })).toHaveLength(0);
        expect(await store.counts()).toMatchObject({ records: 50_500, calls: 50_500 });
      });
    }, 120_000);

    it('keeps the calls of two PBXes apart though their ids are the same', async () => {
      const records = ['pbx-east', 'pbx-west'].map((server) => cdrRecord({ server }));
      await withStore(open, [{ records, events: [] }], async (store) => {
        expect((await store.selectCalls(all)).rows.map(({ server }) => server).sort()).toEqual([
          'pbx-east',
          'pbx-west',
        ]);
      });
    });

    it('joins legs of one linked id that are days apart', async () => {
      const later = cdrRecord({ sequence: 9, startTime: noon + 100 * hour, endTime: noon + 101 * hour });
      const first = await open(named);
      await first.add({ records: [cdrRecord()], events: [] });
      await first.close();
      const second = await open(named);
      await second.add({ records: [later], events: [] });
      expect((await second.selectCalls(all)).rows).toMatchObject([{ records: 2, duration: 101 * 3600 }]);
      await second.close();
    });

    it('takes a record of a PBX with a wild clock, and those that came with it', async () => {
      const wild = cdrRecord({
        endTime: Date.UTC(9999, 11, 31),
        answerTime: Number.NaN,
        uniqueId: 'a.1',
        linkedId: 'a.1',
      });
      await withStore(open, [{ records: [wild, cdrRecord()], events: [] }], async (store) => {
        await store.addRestart({ server: 'pbx', time: -1e23 });
        expect(await store.counts()).toMatchObject({ records: 2, calls: 2 });
      });
    });

    it('keeps a record whose start is unknown, in no range', async () => {
      await withStore(open, [{ records: [cdrRecord({ startTime: null })], events: [] }], async (store) => {
        expect(await store.counts()).toMatchObject({ records: 1 });
        expect((await store.selectRecords(all)).rows).toEqual([]);
      });
    });
  });
}
