import { mostEvents, mostRecords } from '../../src/cdr/call-bounds';
import type { CdrRecord } from '../../src/cdr/record';
import type { SetAside, Store } from '../../src/store/store';
import { cdrRecord, noon, queueEvent } from '../support/cdr-builders';
import { all, type OpenStore } from './open-store';

/** Records of different channels with one linked id. */
const shared = (count: number): CdrRecord[] =>
  Array.from({ length: count }, (_, n) =>
    cdrRecord({ linkedId: 'constant', uniqueId: `${noon / 1000}.${n}`, channel: `PJSIP/trunk-${n}` })
  );

/** What one call may hold, and what can't be written. */
export function bounds(open: OpenStore): void {
  describe('bounds of a store:', () => {
    let store: Store;
    let setAside: SetAside[];
    beforeEach(async () => {
      setAside = [];
      store = await open();
      store.setAside.subscribe((some) => setAside.push(some));
    });
    afterEach(() => store.close());

    it('records of a linked id that no call can have are all kept, those over the bound as calls of their own', async () => {
      const records = shared(mostRecords + 20);
      await store.add({ records: records.slice(0, 10), events: [] });
      await store.add({ records, events: [] });
      expect(await store.counts()).toMatchObject({ records: mostRecords + 20, calls: 21 });
      expect(await store.add({ records, events: [] })).toEqual([]);
      expect(setAside).toEqual([]);
    }, 180_000);

    it('records and events over the bound of a call that have no other call are set aside', async () => {
      const uniqueId = `${noon / 1000}.1`;
      const records = Array.from({ length: mostRecords + 3 }, (_, sequence) => cdrRecord({ sequence }));
      const events = Array.from({ length: mostEvents + 4 }, (_, n) =>
        queueEvent('AgentCalled', n, { uniqueId, memberUniqueId: 'one' })
      );
      await store.add({ records, events });
      expect(await store.counts()).toMatchObject({ records: mostRecords, calls: 1 });
      expect(setAside.map(({ reason, parts }) => [reason, parts.records.length, parts.events.length])).toEqual([
        ['too-many', 3, 4],
      ]);
    }, 180_000);

    it('a text that a database may not take holds up nothing', async () => {
      const records = ['a\0b', 'half \ud83d', 'whole 😀', '\\u0000'].map((userField, n) =>
        cdrRecord({
          uniqueId: `${noon / 1000}.${n}`,
          linkedId: `${noon / 1000}.${n}`,
          userField,
          custom: { Note: userField },
        })
      );
      await store.add({ records, events: [] });
      const { rows } = await store.selectRecords(all);
      expect(rows.map(({ userField }) => userField).slice(2)).toEqual(['whole 😀', '\\u0000']);
      expect(rows.map(({ custom }) => custom.Note).slice(2)).toEqual(['whole 😀', '\\u0000']);
      expect(setAside).toEqual([]);
    });

    it('a record that cannot be written is set aside, and all that came with it is stored', async () => {
      const records = shared(9).map((record) => ({ ...record, linkedId: record.uniqueId }));
      records[5] = { ...records[5]!, custom: { Big: 1n as unknown as string } };
      await store.add({ records, events: [queueEvent('QueueCallerJoin', 0)] });
      expect(await store.counts()).toMatchObject({ records: 8, calls: 8 });
      expect((await store.selectCalls(all)).rows).toHaveLength(8);
      expect(setAside).toMatchObject([{ reason: 'unwritable', parts: { records: [records[5]], events: [] } }]);
      expect(setAside[0]!.detail).toContain('BigInt');
    });
  });
}
