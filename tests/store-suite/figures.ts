// cspell:ignore Ünïcode
import fc from 'fast-check';
import type { AgentStretch } from '../../src/cdr/agent-presence';
import { aloneGroups } from '../../src/cdr/alone-groups';
import { assembleCall } from '../../src/cdr/assemble-call';
import { addParts, callKey, noParts, type CallParts } from '../../src/cdr/call-parts';
import { callerRows } from '../../src/cdr/caller-rows';
import type { Condition } from '../../src/cdr/conditions';
import { dimensions, noValue, type Dimension } from '../../src/cdr/dimensions';
import { distributions, type Distribution } from '../../src/cdr/distributions';
import { factRows, stretchRow, type FactRow } from '../../src/cdr/fact-rows';
import { secondsFieldNames, type ConditionField } from '../../src/cdr/filter-fields';
import type { CdrFilters } from '../../src/cdr/filters';
import { consultationsOf, joinConsultations } from '../../src/cdr/join-consultations';
import { highestGroups } from '../../src/cdr/highest-groups';
import { measures, type Fact, type Measure } from '../../src/cdr/measures';
import { metricIds, metrics, serviceLevelDefinitions, type Metric } from '../../src/cdr/metrics';
import { sumFacts, type GroupSums, type StatisticsPlan } from '../../src/cdr/sum-facts';
import { talkEnds } from '../../src/cdr/talk-end';
import { withoutHours } from '../../src/cdr/without-hours';
import { withoutTeams } from '../../src/cdr/without-teams';
import { bucketKey, zoneStretches, type BucketWidth } from '../../src/cdr/time-buckets';
import { groupByCall } from '../../src/store/parts';
import { arbitrarySpans } from '../support/arbitrary-callers';
import { arbitraryParts } from '../support/arbitrary-parts';
import { arbitraryBounds } from '../support/arbitrary-bounds';
import { arbitraryHourCondition, arbitraryHours, arbitraryHourFilters } from '../support/arbitrary-hours';
import { arbitraryTeamCondition, arbitraryTeams } from '../support/arbitrary-teams';
import { cdrRecord, defaultRules, noon, queueEvent } from '../support/cdr-builders';
import { withStore, type OpenStore } from './open-store';

const hour = 3_600_000;
const wanted = Object.keys(measures) as Measure[];

/** Each figure that groups are ranked by in the store. */
const formulas = metricIds.flatMap((id) =>
  serviceLevelDefinitions.flatMap((definition) => (metrics[id] as Metric).formula?.(definition) ?? [])
);

const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constantFrom<ConditionField[]>(
      'queue',
      'agent',
      'outcome',
      'server',
      'source',
      'disposition',
      'did',
      'trunk',
      'callingAgent',
      'endedBy',
      'transferred',
      'transferTarget',
      'pauseReason',
      'custom.Department'
    ),
    operator: fc.constantFrom('=', '!=', '=~', '!~'),
    values: fc.subarray(
      ['support', '1001', 'pbx-east', 'answered', 'front', '', '.*5.*', '(?i)[^w]+', 'caller', 'yes', 'Lunch'],
      {
        minLength: 1,
      }
    ),
  }),
  fc.record({
    field: fc.constantFrom(...secondsFieldNames),
    operator: fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
    values: fc.array(fc.integer({ min: 0, max: 900 }).map(String), { minLength: 1, maxLength: 2 }),
  }),
  arbitraryTeamCondition,
  arbitraryHourCondition
);
const filters: fc.Arbitrary<CdrFilters> = fc.record(
  {
    source: fc.subarray(['555', 'alice', "'", noValue], { minLength: 1 }),
    direction: fc.subarray(['inbound', 'outbound', 'internal', 'unknown'] as const).map((list) => [...list]),
    disposition: fc.subarray(['ANSWERED', 'NO ANSWER', 'SOMETHING NEW']),
    outcome: fc.subarray(['answered', 'abandoned', 'missed'] as const).map((list) => [...list]),
    queue: fc.subarray(['support', "o'brien; DROP TABLE call", '']),
    agent: fc.subarray(['1001', '1003', '']),
    team: fc.subarray(['front', 'back', '']),
    did: fc.subarray(['5550100', '5550199', '']),
    trunk: fc.subarray(['PJSIP/trunk-a', '']),
    callingAgent: fc.subarray(['1001']),
    endedBy: fc.subarray([...talkEnds, '' as const]),
    transferred: fc.subarray(['yes', 'no']),
    transferTarget: fc.subarray(['support', '1001', '']),
    pauseReason: fc.subarray(['Lunch', '(no reason)', '']),
    accountCode: fc.subarray(['acme', 'Ünïcode "quoted"']),
    server: fc.subarray(['pbx-east', 'nowhere']),
    minDuration: fc.integer({ min: 0, max: 600 }),
    maxDuration: fc.integer({ min: 200, max: 2000 }),
    custom: fc.constantFrom<Record<string, string[]>>({ Department: ['front'] }, { 'a/b~c "d"': ['odd', ''] }),
    conditions: fc.array(conditions, { maxLength: 2 }),
  },
  { requiredKeys: [] }
);
const groupBy: fc.Arbitrary<Dimension[]> = fc.subarray(
  [...dimensions, 'custom.Department', 'custom.a/b~c "d"'] as Dimension[],
  { maxLength: 3 }
);
const zone = zoneStretches('America/New_York', noon - 48 * hour, noon + 48 * hour);
const plans: fc.Arbitrary<StatisticsPlan> = fc
  .record({
    from: fc.constantFrom(0, noon + hour),
    to: fc.constantFrom(noon + 2 * hour, Number.MAX_SAFE_INTEGER),
    // Most of many filters at once let nothing through, of which any sums are equal.
    filters: fc.oneof(fc.constant<CdrFilters>({}), arbitraryBounds, filters),
    groupBy,
    buckets: fc.option(
      fc
        .constantFrom<BucketWidth>(900_000, hour, 3 * hour, 24 * hour, { months: 1 }, { months: 12 })
        .map((width) => ({ width, stretches: zone }))
    ),
    clock: fc.constantFrom(null, zone),
    serviceLevelThreshold: fc.integer({ min: 0, max: 900 }),
    shortAbandonThreshold: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    teams: arbitraryTeams,
    bands: fc
      .uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 })
      .map((some) => some.sort((a, b) => a - b)),
    businessHours: fc.option(arbitraryHours),
    callers: arbitrarySpans,
    distributions: fc.subarray(Object.keys(distributions) as Distribution[], { maxLength: 2 }),
  })
  .chain((plan) =>
    arbitraryHourFilters.map((hours) => {
      const filters = { ...withoutTeams(plan.filters, plan.teams), ...hours };
      return { ...plan, filters: withoutHours(filters, plan.businessHours, plan.clock) };
    })
  );

const quarter = 900_000;

/** An agent is in one state at a time: each stretch has a quarter of an hour to itself. */
const stretches: fc.Arbitrary<AgentStretch[]> = fc
  .uniqueArray(
    fc.record({
      server: fc.constantFrom('pbx-east', 'pbx-west'),
      agent: fc.constantFrom('1001', '1002'),
      queues: fc.subarray(['support', "o'brien; DROP TABLE call"]),
      quarters: fc.nat(15),
      after: fc.integer({ min: 0, max: 300_000 }),
      length: fc.integer({ min: 1_000, max: 500_000 }),
      paused: fc.boolean(),
      wrapUp: fc.boolean(),
      pauseReason: fc.constantFrom('', 'Lunch', "o'clock"),
      utcOffset: fc.constantFrom(0, -18_000),
    }),
    { maxLength: 8, selector: ({ server, agent, quarters }) => [server, agent, quarters].join() }
  )
  .map((some) =>
    some.map(({ quarters, after, length, ...stretch }) => {
      const startTime = noon + quarters * quarter + after;
      return { ...stretch, startTime, endTime: startTime + length };
    })
  );

/** The parts of each call once these batches came in, one after the other. */
function callsOf(batches: readonly CallParts[]): CallParts[] {
  const calls = new Map<string, CallParts>();
  for (const batch of batches) {
    const consultations = consultationsOf(batch).map(callKey);
    const known = new Map(consultations.map((key) => [key, calls.get(key) ?? noParts]));
    consultations.forEach((key) => calls.delete(key));
    for (const [key, added] of groupByCall(joinConsultations(batch, known))) {
      calls.set(key, addParts(calls.get(key) ?? noParts, added).parts);
    }
  }
  return [...calls.values()];
}

/** What the pure reducer makes of the same batches. */
function reduced(batches: readonly CallParts[], stretches: AgentStretch[], plan: StatisticsPlan): GroupSums[] {
  return sumFacts([...rowsOf(batches, plan), ...stretches.map(stretchRow)], plan);
}

function rowsOf(batches: readonly CallParts[], plan: StatisticsPlan): FactRow[] {
  const calls = callsOf(batches).map((parts) => ({ parts, assembled: assembleCall(parts, defaultRules) }));
  const rows = calls.flatMap(({ parts, assembled }): FactRow[] => factRows(assembled, parts.records, plan));
  const ofNumbers = callerRows(
    calls.flatMap(({ assembled }) => assembled.call ?? []),
    plan.callers,
    ['lostCaller', 'contact']
  );
  return [...rows, ...ofNumbers];
}

const sorted = (groups: GroupSums[]): GroupSums[] =>
  [...groups].sort((a, b) => JSON.stringify([a.bucket, a.group]).localeCompare(JSON.stringify([b.bucket, b.group])));

/** SQL sums as the pure reducer does. */
export function figures(open: OpenStore): void {
  describe('the sums of the store', () => {
    it('equal those of the pure reducer, for any parts in any batches, filters and groups', async () => {
      await fc.assert(
        fc.asyncProperty(
          arbitraryParts,
          fc.nat(20),
          stretches,
          fc.array(plans, { minLength: 4, maxLength: 4 }),
          async (parts, cut, shifts, some) => {
            const batches = [
              { records: parts.records.slice(0, cut), events: parts.events.slice(cut) },
              { records: parts.records.slice(cut), events: parts.events.slice(0, cut) },
            ];
            await withStore(open, batches, async (store) => {
              // What is so far is replaced.
              await store.addStretches(shifts.map((shift) => ({ ...shift, endTime: shift.startTime + 1000 })));
              await store.addStretches(shifts);
              for (const plan of some) {
                const { rows } = await store.sum(plan, wanted);
                expect(sorted(rows)).toEqual(sorted(reduced(batches, shifts, plan)));
              }
            });
          }
        ),
        { numRuns: 40 }
      );
    }, 120_000);

    it('equal them of groups that stand alone and all others as one; the highest groups are the same', async () => {
      const callFacts: Fact[] = [...new Set<Fact>(Object.values(measures))].filter((fact) => fact !== 'stretch');
      const rankings = fc.record({
        formula: fc.constantFrom(...formulas),
        facts: fc.subarray(callFacts, { minLength: 1 }),
        count: fc.integer({ min: 1, max: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(
          arbitraryParts,
          fc.constantFrom(0, 1000),
          fc.array(fc.tuple(plans, rankings), { minLength: 4, maxLength: 4 }),
          async (parts, recentCalls, asked) => {
            const store = await open({ recentCalls });
            await store.add(parts);
            for (const [plan, ranking] of asked.filter(([{ groupBy }]) => groupBy.length > 0)) {
              const own = rowsOf([parts], plan).filter(({ fact }) => ranking.facts.includes(fact));
              const highest = highestGroups(own, plan, ranking);
              expect((await store.highest(plan, ranking)).rows).toEqual(highest);
              const fields = Math.min(plan.groupBy.length, ranking.count);
              const alone = aloneGroups(
                fields,
                highest.map((group) => group.slice(0, fields))
              );
              const ofAlone = highest.length > 0 ? { ...plan, alone } : plan;
              const { rows: found } = await store.sum(ofAlone, wanted);
              expect(sorted(found)).toEqual(sorted(reduced([parts], [], ofAlone)));
            }
            await store.close();
          }
        ),
        { numRuns: 25 }
      );
    }, 120_000);

    it('have what reaches the bound of a band, or a threshold, in it', async () => {
      const events = [queueEvent('QueueCallerJoin', 0), queueEvent('QueueCallerAbandon', 20, { holdTime: 20 })];
      const whole = { from: 0, to: Number.MAX_SAFE_INTEGER, filters: {}, buckets: null, clock: null };
      await withStore(open, [{ records: [], events }], async (store) => {
        const sumsOf = async (seconds: number) => {
          const thresholds = { serviceLevelThreshold: seconds, shortAbandonThreshold: seconds };
          const plan = { ...whole, ...thresholds, groupBy: ['waitBand' as const], bands: [seconds, 60] };
          const { rows } = await store.sum(plan, ['abandonedWithin', 'abandonedShort']);
          return rows.map(({ group, sums }) => [...group, sums.abandonedWithin, sums.abandonedShort]);
        };
        expect([await sumsOf(20), await sumsOf(19)]).toEqual([[['0', 1, 1]], [['1', 0, 0]]]);
      });
    });

    it.each<[string, BucketWidth, string[]]>([
      ['America/New_York', { months: 1 }, ['2026-11-01T03:59:59Z', '2026-11-01T04:00:00Z']],
      ['America/New_York', { months: 12 }, ['2027-01-01T04:59:59Z', '2027-01-01T05:00:00Z']],
      ['Africa/Cairo', 24 * hour, ['2026-04-23T21:59:59Z', '2026-04-23T22:00:00Z']],
      ['Europe/Paris', (5 * hour) / 12, ['2026-10-25T00:55:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:20:00Z']],
      ['Europe/Paris', (5 * hour) / 6, ['2026-03-29T00:55:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:45:00Z']],
    ])('are by the clock of %s, before and after a bucket of %j ends', async (zoneName, width, times) => {
      const instants = times.map((time) => Date.parse(time));
      const [from, to] = [instants[0]! - 48 * hour, instants.at(-1)! + 48 * hour];
      const buckets = { width, stretches: zoneStretches(zoneName, from, to) };
      const records = instants.map((startTime, n) => cdrRecord({ uniqueId: `${n}.1`, startTime, endTime: startTime }));
      const keys = instants.map((instant) => bucketKey(buckets, instant));
      await withStore(open, [{ records, events: [] }], async (store) => {
        const plan = { from, to, filters: {}, groupBy: [], buckets, clock: null, serviceLevelThreshold: 20 };
        const { rows } = await store.sum(plan, ['records']);
        const counted = rows.map(({ bucket, sums }) => [bucket!, sums.records] as const);
        expect(new Map(counted)).toEqual(
          new Map(keys.map((key) => [key, keys.filter((other) => other === key).length] as const))
        );
      });
    });

    it.each<[string, string | null, string[]]>([
      ['each PBX', null, ['2026-12 2026', '2027-01 2027', '2026-12 2026']],
      ['America/New_York', 'America/New_York', ['2026-12 2026', '2026-12 2026', '2027-01 2027']],
    ])('are in the month and the year on the clock of %s', async (_, zoneName, expected) => {
      const calls: Array<[string, number]> = [
        ['2026-12-31T22:59:59Z', 3600],
        ['2026-12-31T23:00:00Z', 3600],
        ['2027-01-01T05:00:00Z', -6 * 3600],
      ];
      const records = calls.map(([time, utcOffset], n) => {
        const startTime = Date.parse(time);
        return cdrRecord({ uniqueId: `${n}.1`, startTime, endTime: startTime, utcOffset, source: String(n) });
      });
      const [from, to] = [Date.parse('2026-12-01'), Date.parse('2027-02-01')];
      await withStore(open, [{ records, events: [] }], async (store) => {
        const clock = zoneName === null ? null : zoneStretches(zoneName, from, to);
        const groupBy: Dimension[] = ['source', 'month', 'year'];
        const plan = { from, to, filters: {}, groupBy, buckets: null, clock, serviceLevelThreshold: 20 };
        const { rows } = await store.sum(plan, ['calls']);
        const [december, january] = [56 * 12 + 11, 57 * 12].map(String);
        const texts = new Map([
          [december, '2026-12'],
          [january, '2027-01'],
        ]);
        const byCall = sorted(rows).map(({ group: [, month, year] }) => `${texts.get(month!)} ${year}`);
        expect(byCall).toEqual(expected);
      });
    });

    it('equal them also where a store is opened again in between, whatever it keeps in memory', async () => {
      const kept = fc.constantFrom(0, 2, 1000);
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(arbitraryParts, fc.nat(20), kept, plans, async (parts, cut, recentCalls, plan) => {
          const name = `again-${runs++}`;
          const batches = [
            { records: parts.records.slice(0, cut), events: parts.events.slice(cut) },
            { records: parts.records.slice(cut), events: parts.events.slice(0, cut) },
          ];
          for (const batch of batches) {
            const store = await open({ name, recentCalls });
            await store.add(batch);
            await store.close();
          }
          const store = await open({ name, recentCalls });
          // Comes after what is kept in memory has been read.
          await store.add({ records: [], events: [] });
          const { rows } = await store.sum(plan, wanted);
          expect(sorted(rows)).toEqual(sorted(reduced(batches, [], plan)));
          const ofCalls = wanted.filter((measure) => measures[measure] !== 'stretch');
          const { rows: fromMemory } = await store.sum(plan, ofCalls);
          expect(sorted(fromMemory)).toEqual(sorted(reduced(batches, [], plan)));
          await store.close();
        }),
        { numRuns: 15 }
      );
    }, 120_000);
  });
}
