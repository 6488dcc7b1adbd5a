import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { arbitraryParts } from '../../../tests/support/arbitrary-parts';
import { cdrRecord, defaultDerivation, defaultRules, noon, queueEvent } from '../../../tests/support/cdr-builders';
import { stretchKey, type AgentStretch } from '../../cdr/agent-presence';
import { assembleCall } from '../../cdr/assemble-call';
import { addParts, callKey, type CallParts } from '../../cdr/call-parts';
import { derivationOf } from '../../cdr/derivation';
import { dimensions, type Dimension } from '../../cdr/dimensions';
import { factRows, stretchRow, type FactRow } from '../../cdr/fact-rows';
import type { Condition } from '../../cdr/conditions';
import type { ConditionField } from '../../cdr/filter-fields';
import type { CdrFilters } from '../../cdr/filters';
import { measures, type Measure } from '../../cdr/measures';
import { sumFacts, type GroupSums, type StatisticsPlan } from '../../cdr/sum-facts';
import { zoneStretches } from '../../cdr/time-buckets';
import type { RowSelection } from '../../answers/answer-store';
import { openDuckDbStore } from './open-duckdb-store';
import type { Store } from '../store';

const hour = 3_600_000;
const wanted = Object.keys(measures) as Measure[];
const all: RowSelection = {
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  filters: {},
  limit: 1000,
  offset: 0,
  sortBy: 'startTime',
  sortOrder: 'asc',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (derivation = defaultDerivation, name = 'test'): Promise<Store> =>
  openDuckDbStore(path.join(folder, `${name}.duckdb`), derivation);
const none: CallParts = { records: [], events: [] };

async function withStore<T>(parts: CallParts[], task: (store: Store) => Promise<T>): Promise<T> {
  // Answers come from the file, and not from memory.
  const store = await openDuckDbStore(':memory:', defaultDerivation, { recentCalls: 0 });
  try {
    for (const batch of parts) {
      await store.add(batch);
    }
    return await task(store);
  } finally {
    await store.close();
  }
}

describe('a store', () => {
  it('gives back a record as it was', async () => {
    const record = cdrRecord({ custom: { Département: 'café' }, sequence: null, answerTime: null });
    await withStore([{ records: [record], events: [] }], async (store) => {
      expect((await store.selectRecords(all)).rows).toEqual([record]);
    });
  });

  it('keeps what it was given when it is opened again', async () => {
    const first = await open();
    await first.add({ records: [cdrRecord()], events: [queueEvent('QueueCallerJoin', 0)] });
    await first.close();
    const second = await open();
    expect(await second.counts()).toMatchObject({ records: 1, calls: 1 });
    const [change] = await second.add({ records: [cdrRecord({ sequence: 2 })], events: [] });
    expect(change?.assembled).toMatchObject({ call: { records: 2 }, visits: [{ queue: 'support' }] });
    await second.close();
  });

  it('takes frames that come twice once, also after it was opened again', async () => {
    const parts = { records: [cdrRecord(), cdrRecord()], events: [queueEvent('QueueCallerJoin', 0)] };
    const first = await open();
    expect(await first.add(parts)).toHaveLength(1);
    expect(await first.add(parts)).toHaveLength(0);
    await first.close();
    const second = await open();
    expect(await second.add(parts)).toHaveLength(0);
    expect(await second.counts()).toMatchObject({ records: 1, calls: 1 });
    await second.close();
  });

  it('knows what it stored of a batch of more calls than it keeps at hand', async () => {
    const records = Array.from({ length: 50_500 }, (_, n) =>
      cdrRecord({ uniqueId: `${noon / 1000}.${n}`, linkedId: `${noon / 1000}.${n}` })
    );
    await withStore([{ records, events: [] }], async (store) => {
      expect(await store.add({ records, events: [] })).toHaveLength(0);
      expect(await store.counts()).toMatchObject({ records: 50_500, calls: 50_500 });
    });
  }, 120_000);

  it('keeps the calls of two PBXes apart though their ids are the same', async () => {
    const records = ['pbx-east', 'pbx-west'].map((server) => cdrRecord({ server }));
    await withStore([{ records, events: [] }], async (store) => {
      expect((await store.selectCalls(all)).rows.map(({ server }) => server).sort()).toEqual(['pbx-east', 'pbx-west']);
    });
  });

  it('joins legs of one linked id that are days apart', async () => {
    const later = cdrRecord({ sequence: 9, startTime: noon + 100 * hour, endTime: noon + 101 * hour });
    const first = await open();
    await first.add({ records: [cdrRecord()], events: [] });
    await first.close();
    const second = await open();
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
    await withStore([{ records: [wild, cdrRecord()], events: [] }], async (store) => {
      await store.addRestart({ server: 'pbx', time: -1e23 });
      expect(await store.counts()).toMatchObject({ records: 2, calls: 2 });
    });
  });

  it('keeps a record whose start is unknown, in no range', async () => {
    await withStore([{ records: [cdrRecord({ startTime: null })], events: [] }], async (store) => {
      expect(await store.counts()).toMatchObject({ records: 1 });
      expect((await store.selectRecords(all)).rows).toEqual([]);
    });
  });

  it('sorts, limits and skips', async () => {
    const records = [30, 10, 20].map((duration, sequence) =>
      cdrRecord({ duration, sequence, uniqueId: `${noon / 1000}.${sequence}`, linkedId: `${noon / 1000}.${sequence}` })
    );
    await withStore([{ records, events: [] }], async (store) => {
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

  it('suggests values in use, the most frequent first', async () => {
    const calls = ['acme', 'acme', 'beta'].map((accountCode, n) =>
      cdrRecord({
        accountCode,
        uniqueId: `${noon / 1000}.${n}`,
        linkedId: `${noon / 1000}.${n}`,
        custom: { Campaign: accountCode },
      })
    );
    await withStore([{ records: calls, events: [] }], async (store) => {
      expect(await store.suggest('accountCode', {})).toEqual(['acme', 'beta']);
      expect(await store.suggest('agent', { accountCode: ['beta'] })).toEqual(['1001']);
      expect(await store.suggest('customFields', {})).toEqual(['Campaign']);
      expect(await store.suggest('custom.Campaign', {})).toEqual(['acme', 'beta']);
    });
  });

  it('removes what is older than the retention', async () => {
    const old = cdrRecord({
      startTime: noon - 48 * hour,
      uniqueId: `${noon / 1000 - 172_800}.1`,
      linkedId: `${noon / 1000 - 172_800}.1`,
    });
    await withStore([{ records: [old, cdrRecord()], events: [] }], async (store) => {
      expect(await store.removeBefore(noon - 24 * hour)).toBe(1);
      expect(await store.counts()).toMatchObject({ records: 1, calls: 1 });
    });
  });

  it('derives history again when the rules have changed, and only then', async () => {
    const { newClock } = defaultDerivation;
    const outbound = derivationOf({
      directionRules: [{ field: 'destination', pattern: '^100$', direction: 'outbound' }],
      externalChannels: [],
      agentPatterns: [],
      timeZone: '',
      serverTimeZones: {},
    });
    const first = await open();
    await first.deriveAgain(() => undefined);
    await first.add({ records: [cdrRecord()], events: [queueEvent('QueueCallerJoin', 0)] });
    await first.close();
    const second = await open({ ...outbound, newClock });
    const progress: number[][] = [];
    await second.deriveAgain((done, total) => progress.push([done, total]));
    await second.deriveAgain((done, total) => progress.push([done, total]));
    expect(progress).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect((await second.selectCalls(all)).rows).toMatchObject([{ direction: 'outbound', queues: ['support'] }]);
    expect(await second.counts()).toMatchObject({ records: 1, calls: 1 });
    await second.close();
  });

  it('goes on after a restart where deriving again came to, a bounded number of calls at a time', async () => {
    const outbound = derivationOf({
      directionRules: [{ field: 'destination', pattern: '^100$', direction: 'outbound' }],
      externalChannels: [],
      agentPatterns: [],
      timeZone: '',
      serverTimeZones: {},
    });
    const records = Array.from({ length: 2_500 }, (_, n) => {
      const linkedId = `${noon / 1000 + n}.${n}`;
      return cdrRecord({ uniqueId: linkedId, linkedId, startTime: noon + n * 1000, channel: `PJSIP/trunk-${n}` });
    });
    const first = await open();
    await first.add({ records, events: [] });
    await first.close();
    const second = await open(outbound);
    const stops = (done: number): void => {
      if (done >= 1_000) {
        throw new Error('the process ends');
      }
    };
    await expect(second.deriveAgain(stops)).rejects.toThrow('the process ends');
    await second.close();
    const third = await open(outbound);
    const progress: number[][] = [];
    await third.deriveAgain((done, total) => progress.push([done, total]));
    await third.deriveAgain((done, total) => progress.push([done, total]));
    expect(progress).toEqual([1_000, 2_000, 2_500].map((done) => [done, 2_500]));
    expect(await third.countRows('calls', { ...all, filters: { direction: ['outbound'] } })).toBe(2_500);
    await third.close();
  }, 60_000);

  it('removes what has no start by its end or the epoch of its id', async () => {
    const old = noon / 1000 - 172_800;
    const undated = [
      cdrRecord({ startTime: null, endTime: noon - 48 * hour, uniqueId: 'a', linkedId: 'a' }),
      cdrRecord({ startTime: null, endTime: null, uniqueId: `${old}.1`, linkedId: `${old}.1` }),
    ];
    await withStore([{ records: [...undated, cdrRecord({ startTime: null })], events: [] }], async (store) => {
      expect(await store.removeBefore(noon - 24 * hour)).toBe(2);
      expect(await store.counts()).toMatchObject({ records: 1, calls: 1 });
    });
  });

  it('refuses a file of a newer version', async () => {
    const store = await open();
    await store.close();
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(path.join(folder, 'test.duckdb'));
    const connection = await instance.connect();
    await connection.run('INSERT INTO schema_version VALUES (999)');
    connection.closeSync();
    instance.closeSync();
    await expect(open()).rejects.toThrow('The store has schema version 999');
  });
});

describe('gaps and restarts', () => {
  it('are found by the range they touch, and go with the retention', async () => {
    await withStore([], async (store) => {
      const gap = { server: 'pbx-east', startTime: noon, endTime: noon + hour, reason: 'silent' as const };
      await store.addGap(gap);
      await store.addRestart({ server: 'pbx-east', time: noon });
      expect(await store.gaps(noon + hour - 1, noon + 2 * hour)).toEqual([gap]);
      expect(await store.gaps(noon + hour, noon + 2 * hour)).toEqual([]);
      expect(await store.restarts(noon, noon + 1)).toEqual([{ server: 'pbx-east', time: noon }]);
      await store.removeBefore(noon + 2 * hour);
      expect(await store.gaps(0, noon + 2 * hour)).toEqual([]);
      expect(await store.restarts(0, noon + 2 * hour)).toEqual([]);
    });
  });

  it('and what Asterisk counted otherwise too; the readings of before go with new ones', async () => {
    await withStore([], async (store) => {
      const reading = { server: 'pbx-east', queue: 'support', completed: 4, abandoned: 1, at: noon };
      const found = { server: 'pbx-east', queue: 'support', outcome: 'abandoned' as const, more: 3 };
      const difference = { ...found, startTime: noon, endTime: noon + hour };
      await store.keepAudit([reading, { ...reading, queue: 'sales' }], [difference]);
      await store.keepAudit([{ ...reading, completed: 5 }], []);
      expect(await store.readings()).toEqual([{ ...reading, completed: 5 }]);
      expect(await store.differences(noon + hour - 1, noon + 2 * hour)).toEqual([difference]);
      expect(await store.differences(noon + hour, noon + 2 * hour)).toEqual([]);
      await store.removeBefore(noon + 2 * hour);
      expect(await store.differences(0, noon + 2 * hour)).toEqual([]);
    });
  });

  it('are one where a line flaps or a gap is stored twice, and stay apart otherwise', async () => {
    await withStore([], async (store) => {
      const gap = (from: number, length: number, server = 'pbx-east') => ({
        server,
        startTime: noon + from,
        endTime: noon + from + length,
        reason: 'disconnected' as const,
      });
      for (let n = 0; n < 50; n++) {
        await store.addGap(gap(n * 600, 300));
      }
      await store.addGap(gap(0, 300));
      await store.addGap(gap(0, 300, 'pbx-west'));
      await store.addGap({ ...gap(0, 300), reason: 'silent' });
      await store.addGap(gap(hour, 300));
      expect(await store.gaps(0, noon + 2 * hour)).toEqual([
        gap(0, 49 * 600 + 300),
        { ...gap(0, 300), reason: 'silent' },
        gap(0, 300, 'pbx-west'),
        gap(hour, 300),
      ]);
    });
  });

  it('remember when each PBX was last heard', async () => {
    await withStore([], async (store) => {
      await store.rememberHeard(new Map([['pbx-east', noon]]));
      await store.rememberHeard(
        new Map([
          ['pbx-east', noon + 1],
          ['pbx-west', noon],
        ])
      );
      expect(await store.lastHeard()).toEqual(
        new Map([
          ['pbx-east', noon + 1],
          ['pbx-west', noon],
        ])
      );
    });
  });
});

describe('the sums of the store', () => {
  const conditions: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      field: fc.constantFrom<ConditionField[]>(
        'queue',
        'agent',
        'outcome',
        'server',
        'source',
        'disposition',
        'custom.Department'
      ),
      operator: fc.constantFrom('=', '!=', '=~', '!~'),
      values: fc.subarray(['support', '1001', 'pbx-east', 'answered', 'front', '', '.*5.*', '(?i)[^w]+'], {
        minLength: 1,
      }),
    }),
    fc.record({
      field: fc.constant('duration' as const),
      operator: fc.constantFrom('<', '>', '=', '!='),
      values: fc.array(fc.integer({ min: 0, max: 900 }).map(String), { minLength: 1, maxLength: 2 }),
    })
  );
  const filters: fc.Arbitrary<CdrFilters> = fc.record(
    {
      source: fc.constantFrom('555', 'alice', "'"),
      direction: fc.subarray(['inbound', 'outbound', 'internal', 'unknown'] as const).map((list) => [...list]),
      disposition: fc.subarray(['ANSWERED', 'NO ANSWER', 'SOMETHING NEW']),
      outcome: fc.subarray(['answered', 'abandoned', 'missed'] as const).map((list) => [...list]),
      queue: fc.subarray(['support', "o'brien; DROP TABLE call"]),
      agent: fc.subarray(['1001', '1003']),
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
  const plans: fc.Arbitrary<StatisticsPlan> = fc.record({
    from: fc.constantFrom(0, noon + hour),
    to: fc.constantFrom(noon + 2 * hour, Number.MAX_SAFE_INTEGER),
    filters,
    groupBy,
    buckets: fc.option(
      fc.constantFrom(900_000, hour, 3 * hour, 24 * hour).map((width) => ({ width, stretches: zone }))
    ),
    clock: fc.constantFrom(null, zone),
    serviceLevelThreshold: fc.integer({ min: 0, max: 300 }),
  });

  const stretches: fc.Arbitrary<AgentStretch[]> = fc.uniqueArray(
    fc.record({
      server: fc.constantFrom('pbx-east', 'pbx-west'),
      agent: fc.constantFrom('1001', '1002'),
      queues: fc.subarray(['support', "o'brien; DROP TABLE call"]),
      startTime: fc.integer({ min: noon, max: noon + 4 * hour }),
      endTime: fc.integer({ min: noon + 4 * hour, max: noon + 5 * hour }),
      paused: fc.boolean(),
      utcOffset: fc.constantFrom(0, -18_000),
    }),
    { maxLength: 8, selector: stretchKey }
  );

  /** What the pure reducer makes of the same parts. */
  function reduced(parts: CallParts, stretches: AgentStretch[], plan: StatisticsPlan): GroupSums[] {
    const unique = addParts(none, parts).parts;
    const keys = new Set([...unique.records, ...unique.events].map(callKey));
    const rows = [...keys].flatMap((key): FactRow[] => {
      const records = unique.records.filter((record) => callKey(record) === key);
      const events = unique.events.filter((event) => callKey(event) === key);
      return factRows(assembleCall({ records, events }, defaultRules), records, plan.serviceLevelThreshold);
    });
    return sumFacts([...rows, ...stretches.map(stretchRow)], plan);
  }

  const sorted = (groups: GroupSums[]): GroupSums[] =>
    [...groups].sort((a, b) => JSON.stringify([a.bucket, a.group]).localeCompare(JSON.stringify([b.bucket, b.group])));

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
          await withStore(batches, async (store) => {
            // What is so far is replaced.
            await store.addStretches(shifts.map((shift) => ({ ...shift, endTime: shift.startTime + 1000 })));
            await store.addStretches(shifts);
            for (const plan of some) {
              const { rows } = await store.sum(plan, wanted);
              expect(sorted(rows)).toEqual(sorted(reduced(parts, shifts, plan)));
            }
          });
        }
      ),
      { numRuns: 40 }
    );
  }, 120_000);

  it('equal them also where a store is opened again in between, whatever it keeps in memory', async () => {
    const kept = fc.constantFrom(0, 2, 1000);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryParts, fc.nat(20), kept, plans, async (parts, cut, recentCalls, plan) => {
        const file = path.join(folder, `again-${runs++}.duckdb`);
        const batches = [
          { records: parts.records.slice(0, cut), events: parts.events.slice(cut) },
          { records: parts.records.slice(cut), events: parts.events.slice(0, cut) },
        ];
        for (const batch of batches) {
          const store = await openDuckDbStore(file, defaultDerivation, { recentCalls });
          await store.add(batch);
          await store.close();
        }
        const store = await openDuckDbStore(file, defaultDerivation, { recentCalls });
        // Comes after what is kept in memory has been read.
        await store.add({ records: [], events: [] });
        const { rows } = await store.sum(plan, wanted);
        expect(sorted(rows)).toEqual(sorted(reduced(parts, [], plan)));
        const ofCalls = wanted.filter((measure) => measures[measure] !== 'stretch');
        const { rows: fromMemory } = await store.sum(plan, ofCalls);
        expect(sorted(fromMemory)).toEqual(sorted(reduced(parts, [], plan)));
        await store.close();
      }),
      { numRuns: 15 }
    );
  }, 120_000);
});

describe('the clocks of the store', () => {
  it('are kept, the latest in place of all', async () => {
    await withStore([], async (store) => {
      const span = { server: 'pbx-east', from: noon, to: noon + 1, offset: 7200 };
      await store.keepClocks([{ ...span, offset: 0 }]);
      await store.keepClocks([span, { ...span, server: 'pbx-west', offset: -12_600 }]);
      expect(await store.clocks()).toEqual([span, { ...span, server: 'pbx-west', offset: -12_600 }]);
    });
  });

  it('give events, visits and times of agents their offset when history is derived again', async () => {
    const first = await open();
    await first.add({ records: [], events: [{ ...queueEvent('QueueCallerJoin', 0), utcOffset: 0 }] });
    const stretch = { server: 'pbx', agent: '1001', queues: ['support'], paused: false, utcOffset: 0 };
    await first.addStretches([{ ...stretch, startTime: noon, endTime: noon + hour }]);
    await first.close();
    const kyiv = derivationOf({
      directionRules: [],
      externalChannels: [],
      agentPatterns: [],
      timeZone: 'Europe/Kyiv',
      serverTimeZones: {},
    });
    const again = await open(kyiv);
    await again.deriveAgain(() => undefined);
    const plan = { from: 0, to: noon + 24 * hour, filters: {}, groupBy: ['hourOfDay' as const], buckets: null };
    const { rows } = await again.sum({ ...plan, clock: null, serviceLevelThreshold: 20 }, wanted);
    expect(rows.map(({ group }) => group)).toEqual([['15']]);
    // A late part of the call is assembled with the events as they are stored now.
    await again.close();
    const later = await open(kyiv);
    await later.add({ records: [], events: [{ ...queueEvent('QueueCallerAbandon', 5), utcOffset: 7200 }] });
    const after = await later.sum({ ...plan, clock: null, serviceLevelThreshold: 20 }, wanted);
    expect(after.rows.map(({ group }) => group)).toEqual([['15']]);
    await later.close();
  });
});
