import { cdrRecord, defaultRules, noon, queueEvent } from '../../tests/support/cdr-builders';
import type { CdrRecord } from '../cdr/record';
import { all } from '../../tests/store-suite/open-store';
import { MemoryStore } from './memory-store';

const leg = (call: number, sequence = 1): CdrRecord =>
  cdrRecord({ uniqueId: `${noon / 1000}.${call}`, linkedId: `${noon / 1000}.${call}`, sequence });
const ids = async (store: MemoryStore): Promise<string[]> =>
  (await store.selectCalls(all)).rows.map(({ linkedId }) => linkedId.split('.')[1]!);

test('of more calls than are kept, those that were quiet for longest go with all their records', async () => {
  const store = new MemoryStore(2, defaultRules);
  store.add({ records: [leg(1), leg(1, 2)], events: [] });
  store.add({ records: [leg(2), leg(2, 2)], events: [] });
  store.add({ records: [leg(1, 3)], events: [] });
  store.add({ records: [leg(3)], events: [] });
  expect(await ids(store)).toEqual(['1', '3']);
  const { rows } = await store.selectRecords(all);
  expect(rows.map(({ linkedId, sequence }) => [linkedId.split('.')[1], sequence])).toEqual([
    ['1', 1],
    ['1', 2],
    ['1', 3],
    ['3', 1],
  ]);
});

test('what comes twice changes nothing', () => {
  const store = new MemoryStore(2, defaultRules);
  const parts = { records: [leg(1)], events: [queueEvent('QueueCallerJoin', 0)] };
  expect(store.add(parts)).toBe(true);
  expect(store.add(parts)).toBe(false);
});

test('gaps and restarts are found by the range they touch', async () => {
  const store = new MemoryStore(2, defaultRules);
  const gap = { server: 'pbx', startTime: noon, endTime: noon + 1000, reason: 'silent' as const };
  store.addGap(gap);
  store.addRestart({ server: 'pbx', time: noon });
  expect(store.gaps(noon + 999, noon + 2000)).toEqual([gap]);
  expect(store.gaps(noon + 1000, noon + 2000)).toEqual([]);
  expect(await store.restarts(noon, noon + 1)).toHaveLength(1);
  expect(await store.restarts(noon + 1, noon + 2)).toHaveLength(0);
});
