import fc from 'fast-check';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import type { Dimension } from '../../src/cdr/dimensions';
import type { CdrFilters } from '../../src/cdr/filters';
import { measures, type Measure } from '../../src/cdr/measures';
import type { GroupSums } from '../../src/cdr/sum-facts';
import { fixedOffset } from '../../src/cdr/time-buckets';
import type { AskedContact } from '../../src/answers/answer-store';
import { arbitraryCalls, arbitrarySpans } from '../support/arbitrary-callers';
import { defaultRules, noon } from '../support/cdr-builders';
import type { OpenStore } from './open-store';

const hour = 3_600_000;
const wanted = (Object.keys(measures) as Measure[]).filter((measure) =>
  ['lostCaller', 'contact', 'call'].includes(measures[measure])
);
const filters: fc.Arbitrary<CdrFilters> = fc.oneof(
  fc.constant<CdrFilters>({}),
  fc.record(
    {
      queue: fc.constant<string[]>(['support']),
      server: fc.constantFrom<string[][]>(['pbx-east'], ['pbx-west']),
      did: fc.constant<string[]>(['100']),
      source: fc.constant<string[]>(['5551']),
    },
    { requiredKeys: [] }
  )
);
const range = { from: fc.constantFrom(0, noon + 2 * hour), to: fc.constantFrom(noon + 4 * hour, noon + 96 * hour) };
const plans = fc.record({
  ...range,
  filters,
  groupBy: fc.subarray<Dimension>(['queue', 'did', 'server', 'agent', 'direction', 'team'], { maxLength: 2 }),
  buckets: fc.option(fc.constantFrom(hour, 24 * hour).map((width) => ({ width, stretches: fixedOffset(0) }))),
  clock: fc.constant(null),
  serviceLevelThreshold: fc.constant(20),
  callers: arbitrarySpans,
  teams: fc.constant(new Map([['1001', ['front', 'back']]])),
});

const inOrder = (groups: readonly GroupSums[]): GroupSums[] =>
  [...groups].sort((a, b) => JSON.stringify([a.bucket, a.group]).localeCompare(JSON.stringify([b.bucket, b.group])));
const byCall = (contacts: readonly AskedContact[]): AskedContact[] =>
  [...contacts].sort(
    ({ call: a }, { call: b }) => a.linkedId.localeCompare(b.linkedId) || a.server.localeCompare(b.server)
  );

/** What is told of callers by all calls of their numbers. */
export function callers(open: OpenStore): void {
  test('lost and repeated callers are those of the pure reducer, for any calls, spans, filters and groups', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryCalls,
        fc.array(plans, { minLength: 4, maxLength: 4 }),
        fc.constantFrom(0, 1000),
        async (records, some, recentCalls) => {
          const store = await open({ recentCalls });
          const memory = new MemoryStore(1000, defaultRules);
          memory.add({ records, events: [] });
          await store.add({ records, events: [] });
          for (const plan of some) {
            const { rows } = await store.sum(plan, wanted);
            expect(inOrder(rows)).toEqual(inOrder((await memory.sum(plan, wanted)).rows));
            const selection = { ...plan, within: plan.callers.lostWithin };
            const { rows: contacts } = await store.selectContacts(selection);
            expect(byCall(contacts)).toEqual(byCall((await memory.selectContacts(selection)).rows));
            const repeated = { ...plan, within: plan.callers.repeatWithin, limit: 3, offset: some.indexOf(plan) % 2 };
            const { rows: again } = await store.selectRepeated(repeated);
            expect(again).toEqual((await memory.selectRepeated(repeated)).rows);
          }
          await store.close();
        }
      ),
      { numRuns: 40 }
    );
  }, 300_000);
}
