import fc from 'fast-check';
import { derivationOf } from '../../src/cdr/derivation';
import { hourDimensions, type Dimension } from '../../src/cdr/dimensions';
import type { CdrFilters } from '../../src/cdr/filters';
import { measures, type Measure } from '../../src/cdr/measures';
import type { CdrRecord } from '../../src/cdr/record';
import type { GroupSums, StatisticsPlan } from '../../src/cdr/sum-facts';
import { fixedOffset, zoneStretches, type BucketWidth } from '../../src/cdr/time-buckets';
import type { Store } from '../../src/store/store';
import { cdrRecord, defaultDerivation } from '../support/cdr-builders';
import { withStore, type OpenStore } from './open-store';

const minute = 60_000;
const day = 1440 * minute;
/** Two months meet here, and a clock changed a week before. */
const border = Date.UTC(2026, 10, 1);
const ofCalls = (Object.keys(measures) as Measure[]).filter((measure) => measures[measure] === 'call');

const derivations = [
  defaultDerivation,
  derivationOf({
    directionRules: [{ field: 'source', pattern: '^1', direction: 'outbound' }],
    externalChannels: [],
    agentPatterns: [],
    timeZone: 'Asia/Kathmandu',
    serverTimeZones: {},
  }),
];

/** Records of few calls, so that batches change what those before stored: its start, its outcome or its direction. */
const records: fc.Arbitrary<CdrRecord> = fc
  .record({
    server: fc.constantFrom('pbx-east', 'pbx-west'),
    call: fc.nat(9),
    part: fc.nat(3),
    minutes: fc.integer({ min: -20, max: 40 }),
    ms: fc.constantFrom(-1, 0, 1),
    source: fc.constantFrom('100', '5551234'),
    outcome: fc.constantFrom<Partial<CdrRecord>>(
      {},
      { linkedIdMapped: false },
      { disposition: 'BUSY', answerTime: null, billableSeconds: 0 },
      { disposition: 'NO ANSWER', answerTime: null, billableSeconds: 0 }
    ),
    isDated: fc.boolean(),
  })
  .map(({ server, call, part, minutes, ms, source, outcome, isDated }) => {
    const began = border + (call - 6) * day;
    const startTime = began + minutes * minute + ms;
    const times = { startTime, answerTime: startTime + 2000, endTime: startTime + 10_000 };
    return cdrRecord({
      ...{
        server,
        source,
        linkedId: `${began / 1000 - 7200}.${call}`,
        uniqueId: `${began / 1000 - 7200}.${call + part}`,
      },
      ...(isDated || part > 0 ? times : { startTime: null, answerTime: null, endTime: null }),
      ...outcome,
    });
  });

type Step = { add: CdrRecord[] } | { removeBefore: number } | { derivation: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ add: fc.array(records, { minLength: 1, maxLength: 12 }) }) },
    fc.record({
      removeBefore: fc.integer({ min: -5 * 96, max: 96 }).map((quarters) => border + quarters * 15 * minute - 1),
    }),
    fc.record({ derivation: fc.nat(1) })
  ),
  { minLength: 2, maxLength: 6 }
);

const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Monrovia'].map((name) =>
  zoneStretches(name, border - 20 * day, border + 20 * day)
);
const edges = fc
  .tuple(fc.integer({ min: -7 * 1440, max: 5 * 1440 }), fc.constantFrom(-1, 0, 1))
  .map(([minutes, ms]) => border + minutes * minute + ms);

const plans: fc.Arbitrary<StatisticsPlan> = fc
  .record({
    ends: fc.oneof(fc.tuple(edges, edges), fc.constant<[number, number]>([0, Number.MAX_SAFE_INTEGER])),
    filters: fc.constantFrom<CdrFilters>(
      {},
      { server: ['pbx-east'] },
      { direction: ['inbound', 'outbound'], queue: [] },
      { conditions: [{ field: 'server', operator: '!=', values: ['pbx-west'] }] },
      { conditions: [{ field: 'direction', operator: '=~', values: ['out.*'] }] },
      { outcome: ['answered'] },
      { minDuration: 5 }
    ),
    groupBy: fc.subarray<Dimension>(['server', 'direction', ...hourDimensions, 'outcome'], { maxLength: 2 }),
    zone: fc.constantFrom(...zones, fixedOffset(20 * minute)),
    width: fc.option(
      fc.constantFrom<BucketWidth>(5 * minute, 15 * minute, 45 * minute, 60 * minute, day, 7 * day, { months: 1 })
    ),
    clock: fc.option(fc.constantFrom(...zones)),
  })
  .map(({ ends: [one, other], zone, width, ...plan }) => ({
    ...plan,
    from: Math.min(one, other),
    to: Math.max(one, other),
    buckets: width === null ? null : { width, stretches: zone },
    serviceLevelThreshold: 20,
  }));

/** All calls pass, but no sum is kept of what it looks at: they are read. */
function ofRows(plan: StatisticsPlan): StatisticsPlan {
  const { conditions = [], ...filters } = plan.filters;
  const all = { field: 'source' as const, operator: '=~' as const, values: ['.*'] };
  return { ...plan, filters: { ...filters, conditions: [...conditions, all] } };
}

const sorted = (groups: readonly GroupSums[]): GroupSums[] =>
  [...groups].sort((a, b) => JSON.stringify([a.bucket, a.group]).localeCompare(JSON.stringify([b.bucket, b.group])));

async function expectSameSums(store: Store, plan: StatisticsPlan): Promise<void> {
  const kept = await store.sum(plan, ofCalls);
  const read = await store.sum(ofRows(plan), ofCalls);
  expect(sorted(kept.rows)).toEqual(sorted(read.rows));
}

/** What a store keeps of calls besides the calls. */
export function callSums(open: OpenStore): void {
  describe('kept sums of calls', () => {
    it('equal those of the calls, whatever is stored, changed, derived again or removed between questions', async () => {
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(steps, fc.array(plans, { minLength: 4, maxLength: 4 }), async (some, asked) => {
          const name = `sums-${runs++}`;
          let store = await open({ name, recentCalls: 0 });
          for (const step of some) {
            if ('add' in step) {
              await store.add({ records: step.add, events: [] });
            } else if ('removeBefore' in step) {
              await store.removeBefore(step.removeBefore);
            } else {
              await store.close();
              store = await open({ name, recentCalls: 0, derivation: derivations[step.derivation] });
              await store.deriveAgain(() => undefined);
            }
            for (const plan of asked) {
              await expectSameSums(store, plan);
            }
          }
          await store.close();
        }),
        { numRuns: 15 }
      );
    }, 300_000);

    it('hold calls whose clocks jumped by decades', async () => {
      const began = border / 1000;
      const long = Array.from({ length: 3 }, (_, place) =>
        cdrRecord({
          ...{ linkedId: `${began}.${place}`, uniqueId: `${began}.${place}`, billableSeconds: 2 ** 31 - 1 },
          ...{ startTime: border, answerTime: border, endTime: border + 2 ** 41, duration: 2 ** 31 - 1 },
        })
      );
      await withStore(open, [{ records: long, events: [] }], async (store) => {
        const plan = { from: 0, to: border + day, filters: {}, groupBy: [], buckets: null, clock: null };
        const { rows } = await store.sum({ ...plan, serviceLevelThreshold: 20 }, ['calls', 'talkSeconds']);
        expect(rows).toMatchObject([{ sums: { calls: 3 } }]);
        expect(rows[0]!.sums.talkSeconds).toBeGreaterThan(2 ** 32);
      });
    });
  });
}
