import { cdrRecord, noon } from '../support/cdr-builders';
import { all, withStore, type OpenStore } from './open-store';

/** Rows in the order and number that is asked for, and values to ask with. */
export function selections(open: OpenStore): void {
  describe('the rows of a store', () => {
    it('sorts, limits and skips', async () => {
      const records = [30, 10, 20].map((duration, sequence) =>
        cdrRecord({
          duration,
          sequence,
          uniqueId: `${noon / 1000}.${sequence}`,
          linkedId: `${noon / 1000}.${sequence}`,
        })
      );
      await withStore(open, [{ records, events: [] }], async (store) => {
        const selected = await store.selectRecords({
          ...all,
          sortBy: 'duration',
          sortOrder: 'desc',
          limit: 2,
          offset: 1,
        });
        expect(selected.rows.map(({ duration }) => duration)).toEqual([20, 10]);
      });
    });

    it('finds a part of a number or name in either case, of any script', async () => {
      const records = ['MÜLLER', 'müller', 'Ωmega', 'Muller'].map((source, n) =>
        cdrRecord({ source, uniqueId: `${noon / 1000}.${n}`, linkedId: `${noon / 1000}.${n}` })
      );
      await withStore(open, [{ records, events: [] }], async (store) => {
        const found = async (...source: string[]) =>
          (await store.selectRecords({ ...all, filters: { source } })).rows.map((record) => record.source).sort();
        expect(await found('Müll')).toEqual(['MÜLLER', 'müller']);
        expect(await found('ωM')).toEqual(['Ωmega']);
        expect(await found('ωM', 'nobody', 'mul')).toEqual(['Muller', 'Ωmega']);
      });
    });

    it('are all records of the last calls, where those are asked for', async () => {
      const records = [0, 1, 2].flatMap((call) =>
        [0, 1].map((leg) =>
          cdrRecord({
            uniqueId: `${noon / 1000}.${call}${leg}`,
            linkedId: `${noon / 1000}.${call}0`,
            sequence: leg,
            startTime: noon + call * 60_000 - leg * 3_600_000,
          })
        )
      );
      await withStore(open, [{ records, events: [] }], async (store) => {
        const found = await store.recordsOfLastCalls(2);
        expect(found.map(({ uniqueId }) => uniqueId).sort()).toEqual(records.slice(2).map(({ uniqueId }) => uniqueId));
      });
    });

    it('suggests values in use, the most frequent first', async () => {
      const calls = ['acme', 'acme', 'beta'].map((accountCode, n) =>
        cdrRecord({
          accountCode,
          uniqueId: `${noon / 1000}.${n}`,
          linkedId: `${noon / 1000}.${n}`,
          custom: { Campaign: accountCode },
        })
      );
      await withStore(open, [{ records: calls, events: [] }], async (store) => {
        expect(await store.suggest('accountCode', {})).toEqual(['acme', 'beta']);
        const range = { from: calls[0]!.startTime! - 1, to: calls[0]!.startTime! };
        expect(await store.suggest('accountCode', {}, range)).toEqual([]);
        expect(await store.suggest('accountCode', {}, { from: range.to, to: range.to + 1 })).toEqual(['acme', 'beta']);
        expect(await store.suggest('agent', { accountCode: ['beta'] })).toEqual(['1001']);
        expect(await store.suggest('customFields', {})).toEqual(['Campaign']);
        expect(await store.suggest('custom.Campaign', {})).toEqual(['acme', 'beta']);
      });
    });
  });
}
