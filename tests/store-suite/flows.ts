import fc from 'fast-check';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { aloneGroups } from '../../src/cdr/alone-groups';
import { dimensions, type Dimension } from '../../src/cdr/dimensions';
import type { CdrFilters } from '../../src/cdr/filters';
import type { FlowPlan, GroupFlow } from '../../src/cdr/flows';
import { loads, type Load } from '../../src/cdr/loads';
import { fixedOffset, zoneStretches, type BucketWidth } from '../../src/cdr/time-buckets';
import { arbitraryParts } from '../support/arbitrary-parts';
import { arbitraryTeams } from '../support/arbitrary-teams';
import { cdrRecord, defaultRules, noon } from '../support/cdr-builders';
import { all, type OpenStore } from './open-store';

const hour = 3_600_000;
const zone = zoneStretches('America/New_York', noon - 48 * hour, noon + 48 * hour);

const plans: fc.Arbitrary<FlowPlan> = fc.record({
  from: fc.constantFrom(noon - hour, noon - 767 * hour, noon + hour, noon + 4_321),
  to: fc.constantFrom(noon + 2 * hour, noon + 100 * hour, noon + 2_000 * hour),
  filters: fc.constantFrom<CdrFilters>({}, { server: ['pbx-east'] }, { queue: ['support'] }, { minDuration: 300 }),
  groupBy: fc.subarray<Dimension>([...dimensions, 'custom.Department'], { maxLength: 2 }),
  buckets: fc.option(
    fc
      .constantFrom<BucketWidth>(60_000, 900_000, hour, 24 * hour, { months: 1 })
      .map((width) => ({ width, stretches: zone }))
  ),
  clock: fc.constantFrom(null, zone),
  serviceLevelThreshold: fc.constant(20),
  teams: arbitraryTeams,
  bands: fc.constant([10, 300]),
  load: fc.constantFrom(...(Object.keys(loads) as Load[])),
  peaks: fc.boolean(),
});

/** The same plan, in which every other group that has any flow stands alone. */
async function withAlone(plan: FlowPlan, memory: MemoryStore): Promise<FlowPlan> {
  const { rows } = await memory.flows(plan);
  const groups = rows.filter((_, place) => place % 2 === 0).map(({ group }) => group);
  return groups.length > 0 ? { ...plan, alone: aloneGroups(plan.groupBy.length, groups) } : plan;
}

const sorted = (flows: readonly GroupFlow[]): GroupFlow[] =>
  [...flows].sort((a, b) => JSON.stringify([a.bucket, a.group]).localeCompare(JSON.stringify([b.bucket, b.group])));

/** SQL counts what goes on at the same time as the pure reducer does. */
export function flows(open: OpenStore): void {
  describe('what goes on at the same time', () => {
    it('is what the pure reducer finds, for any parts in any batches, loads and groups', async () => {
      await fc.assert(
        fc.asyncProperty(
          arbitraryParts,
          fc.nat(20),
          fc.array(plans, { minLength: 6, maxLength: 6 }),
          fc.constantFrom(0, 1000),
          async (parts, cut, some, recentCalls) => {
            const store = await open({ recentCalls });
            const memory = new MemoryStore(1000, defaultRules);
            const batches = [
              { records: parts.records.slice(0, cut), events: parts.events.slice(cut) },
              { records: parts.records.slice(cut), events: parts.events.slice(0, cut) },
            ];
            for (const batch of batches) {
              await store.add(batch);
              memory.add(batch);
            }
            const withOthers = await Promise.all(some.slice(3).map((plan) => withAlone(plan, memory)));
            for (const plan of [...some, ...withOthers]) {
              expect(sorted((await store.flows(plan)).rows)).toEqual(sorted((await memory.flows(plan)).rows));
            }
            await store.close();
          }
        ),
        { numRuns: 40 }
      );
    }, 240_000);

    it('is known of a call that lasts for weeks, also from its middle', async () => {
      const store = await open({ recentCalls: 1000 });
      const day = 24 * hour;
      const callOf = (id: string, startTime: number, days: number) =>
        cdrRecord({
          ...{ uniqueId: id, linkedId: id, startTime },
          endTime: startTime + days * day,
          duration: days * 86_400,
        });
      const weeks = { startTime: noon, endTime: noon + 40 * day, duration: 40 * 86_400 };
      await store.add({ records: [cdrRecord(weeks)], events: [] });
      const plan: FlowPlan = {
        ...{ from: noon + 35 * day, to: noon + 36 * day, filters: {}, groupBy: [], buckets: null, clock: null },
        ...{ serviceLevelThreshold: 20, load: 'calls', peaks: true },
      };
      expect((await store.flows(plan)).rows).toEqual([{ bucket: null, group: [], change: 1, rise: 1, moment: 0 }]);
      // A range that is put in order in several parts.
      const [first, last] = [noon, noon + 70 * day];
      await store.add({ records: [callOf('b.1', first + 33 * day, 3)], events: [] });
      await store.add({
        records: [callOf('c.1', first + 65 * day, 1), callOf('d.1', first + 65.5 * day, 2)],
        events: [],
      });
      const months = { ...plan, from: first - day, to: last };
      expect((await store.flows(months)).rows).toMatchObject([{ change: 0, rise: 2 }]);
      const buckets = { width: 7 * day, stretches: fixedOffset(0) };
      const memory = new MemoryStore(1000, defaultRules);
      memory.add({ records: (await store.selectRecords(all)).rows, events: [] });
      const weekly = { ...months, buckets, groupBy: ['trunk' as const] };
      expect(sorted((await store.flows(weekly)).rows)).toEqual(sorted((await memory.flows(weekly)).rows));
      await store.close();
    });
  });
}
