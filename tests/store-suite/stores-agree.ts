import fc from 'fast-check';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import type { Condition } from '../../src/cdr/conditions';
import { dimensions, noValue, type Dimension } from '../../src/cdr/dimensions';
import { distributions, type Distribution } from '../../src/cdr/distributions';
import { measures, type Measure } from '../../src/cdr/measures';
import type { CdrFilters } from '../../src/cdr/filters';
import type { GroupSums } from '../../src/cdr/sum-facts';
import { talkEnds } from '../../src/cdr/talk-end';
import { withoutHours } from '../../src/cdr/without-hours';
import { withoutTeams } from '../../src/cdr/without-teams';
import { zoneStretches, type BucketWidth } from '../../src/cdr/time-buckets';
import type { RowSelection } from '../../src/answers/answer-store';
import { sortFields } from '../../src/query/model';
import { storedFields } from '../../src/query/variable-query';
import type { Store } from '../../src/store/store';
import { arbitrarySpans } from '../support/arbitrary-callers';
import { arbitraryParts } from '../support/arbitrary-parts';
import { arbitraryBounds } from '../support/arbitrary-bounds';
import { arbitraryHourCondition, arbitraryHours, arbitraryHourFilters } from '../support/arbitrary-hours';
import { arbitraryTeamCondition, arbitraryTeams } from '../support/arbitrary-teams';
import { defaultRules, noon } from '../support/cdr-builders';
import type { OpenStore } from './open-store';

const hour = 3_600_000;
const wanted = (Object.keys(measures) as Measure[]).filter((measure) => measures[measure] !== 'stretch');
const zone = zoneStretches('America/New_York', noon - 48 * hour, noon + 48 * hour);

const asked: fc.Arbitrary<CdrFilters> = fc.record(
  {
    source: fc.subarray(['555', 'alice', noValue], { minLength: 1 }),
    outcome: fc.subarray(['answered', 'abandoned', 'missed'] as const).map((list) => [...list]),
    queue: fc.subarray(['support', 'sales']),
    agent: fc.subarray(['1001', '1003']),
    trunk: fc.subarray(['PJSIP/trunk-a', '']),
    callingAgent: fc.subarray(['1001', '1003']),
    transferred: fc.subarray(['yes', 'no']),
    team: fc.subarray(['front', '']),
    minDuration: fc.integer({ min: 0, max: 600 }),
    endedBy: fc.subarray([...talkEnds, '' as const]),
    custom: fc.constant({ Department: ['front'] }),
    conditions: fc.oneof(
      fc.constant<Condition[]>([{ field: 'queue', operator: '!=', values: ['sales'] }]),
      fc.array(fc.oneof(arbitraryTeamCondition, arbitraryHourCondition), { maxLength: 2 })
    ),
  },
  { requiredKeys: [] }
);
// Most of many filters at once let nothing through, of which any answers are equal.
const filters = fc
  .tuple(
    fc.oneof(fc.constant<CdrFilters>({}), arbitraryBounds, asked),
    arbitraryTeams,
    arbitraryHourFilters,
    fc.option(arbitraryHours),
    fc.constantFrom(null, zone)
  )
  .map(([found, teams, ofHours, hours, clock]) =>
    withoutHours({ ...withoutTeams(found, teams), ...ofHours }, hours, clock)
  );
const range = { from: fc.constantFrom(0, noon + hour), to: fc.constantFrom(noon + 2 * hour, Number.MAX_SAFE_INTEGER) };
const plans = fc.record({
  ...range,
  filters,
  groupBy: fc.subarray<Dimension>([...dimensions, 'custom.Department'], { maxLength: 3 }),
  buckets: fc.option(
    fc.constantFrom<BucketWidth>(900_000, 24 * hour, { months: 1 }).map((width) => ({ width, stretches: zone }))
  ),
  clock: fc.constantFrom(null, zone),
  serviceLevelThreshold: fc.integer({ min: 0, max: 300 }),
  shortAbandonThreshold: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  teams: arbitraryTeams,
  bands: fc.constantFrom([10, 20], [300]),
  businessHours: fc.option(arbitraryHours),
  callers: arbitrarySpans,
  distributions: fc.subarray(Object.keys(distributions) as Distribution[], { maxLength: 1 }),
});
const selections: fc.Arbitrary<RowSelection> = fc.record({
  ...range,
  filters,
  limit: fc.constantFrom(3, 1000),
  offset: fc.constantFrom(0, 2),
  sortBy: fc.constantFrom(...sortFields),
  sortOrder: fc.constantFrom('asc', 'desc'),
});

const suggested = fc.constantFrom(...storedFields, 'custom.Department' as const, 'customFields' as const);

const sorted = (groups: readonly GroupSums[]): GroupSums[] =>
  [...groups].sort((a, b) => JSON.stringify([a.bucket, a.group]).localeCompare(JSON.stringify([b.bucket, b.group])));

/** What a browser keeps answers as a store does. */
export function storesAgree(open: OpenStore): void {
  test('a store answers as what a browser keeps, for any parts in any batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryParts,
        fc.nat(20),
        plans,
        selections,
        suggested,
        fc.constantFrom(0, 2, 1000),
        async (parts, cut, plan, selection, field, recentCalls) => {
          // None, some or all of its answers come from the calls that it keeps in memory.
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
          expect(sorted((await memory.sum(plan, wanted)).rows)).toEqual(sorted((await store.sum(plan, wanted)).rows));
          expect((await memory.selectCalls(selection)).rows).toEqual((await store.selectCalls(selection)).rows);
          // Records of one call that are alike in what is sorted by come in no certain order.
          const order = ({ rows }: Awaited<ReturnType<Store['selectRecords']>>) =>
            rows.map((record) => [record[selection.sortBy], record.linkedId, record.server]);
          expect(order(await memory.selectRecords(selection))).toEqual(order(await store.selectRecords(selection)));
          expect(memory.suggest(field, plan.filters)).toEqual(await store.suggest(field, plan.filters));
          await store.close();
        }
      ),
      { numRuns: 100 }
    );
  }, 600_000);
}
