import fc from 'fast-check';
import { assembleCall } from '../../src/cdr/assemble-call';
import { callKey } from '../../src/cdr/call-parts';
import type { Condition } from '../../src/cdr/conditions';
import type { ConditionField } from '../../src/cdr/filter-fields';
import { compilePattern } from '../../src/cdr/direction';
import { dimensions, type Dimension } from '../../src/cdr/dimensions';
import { callerRows } from '../../src/cdr/caller-rows';
import { factRows } from '../../src/cdr/fact-rows';
import { matchesFilters, type CdrFilters } from '../../src/cdr/filters';
import { measures, type Measure } from '../../src/cdr/measures';
import type { CdrRecord } from '../../src/cdr/record';
import { storedFields, type StoredField } from '../../src/query/variable-query';
import { sumFacts, type GroupSums, type StatisticsPlan } from '../../src/cdr/sum-facts';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { cdrRecord, defaultDerivation, defaultRules, noon } from '../support/cdr-builders';
import { nastyText } from './nasty-text';
import { patience, runs } from './runs';

/** Text as it comes out of UTF-8: a half of a surrogate pair does not, and the store keeps none. */
const text = nastyText.map((value) => Buffer.from(value.replaceAll('\0', '')).toString());

const record: fc.Arbitrary<Partial<CdrRecord>> = fc.record({
  source: text,
  destination: text,
  accountCode: text,
  disposition: text,
  agent: text,
  server: text.filter((value) => value !== ''),
  custom: fc.dictionary(text, text, { maxKeys: 2 }),
});

const wanted = (Object.keys(measures) as Measure[]).filter((measure) => measures[measure] !== 'stretch');

/** Mostly values that some record has, so that filters let something through. */
const pick = (records: ReadonlyArray<Partial<CdrRecord>>) => {
  const used = records.flatMap(({ source, destination, accountCode, disposition, server, custom }) => [
    source!,
    destination!,
    accountCode!,
    disposition!,
    server!,
    ...Object.entries(custom!).flat(),
  ]);
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...used) }, { weight: 1, arbitrary: text });
};

function filtersOf(value: fc.Arbitrary<string>): fc.Arbitrary<CdrFilters> {
  const list = fc.array(value, { minLength: 1, maxLength: 3 });
  const field = fc.oneof(
    fc.constantFrom<ConditionField>('source', 'destination', 'accountCode', 'disposition', 'server', 'agent', 'queue'),
    value.filter(Boolean).map((label) => `custom.${label}` as const)
  );
  const equality = fc.record({ field, operator: fc.constantFrom('=', '!='), values: list });
  const pattern = fc.record({
    field,
    operator: fc.constantFrom('=~', '!~'),
    // Case and classes of letters beyond ASCII are the engines' own matter.
    values: fc.array(value.filter(isPlainPattern), { minLength: 1, maxLength: 2 }),
  });
  return fc.record(
    {
      source: fc.array(value.filter(hasPlainCase), { maxLength: 2 }),
      destination: fc.array(value.filter(hasPlainCase), { maxLength: 2 }),
      accountCode: list,
      disposition: list,
      server: list,
      agent: list,
      custom: fc.dictionary(value, list, { maxKeys: 2 }),
      conditions: fc.array(fc.oneof(equality, pattern) as fc.Arbitrary<Condition>, { maxLength: 2 }),
    },
    { requiredKeys: [] }
  );
}

/** DuckDB and JavaScript agree on the case of ASCII; beyond it each has its own table (İ, ß, ﬀ). */
function hasPlainCase(value: string): boolean {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(value);
}

function isPlainPattern(value: string): boolean {
  try {
    compilePattern(`^(?:${value})$`);
    return hasPlainCase(value);
  } catch {
    return false;
  }
}

const sorted = (groups: GroupSums[]): string[] => groups.map((group) => JSON.stringify(group)).sort();

const callers = { lostWithin: 60_000, repeatWithin: 60_000, now: noon + 60_000 };

/** A store is opened for each. */
const stores = Math.ceil(runs(0.01) / 10);

function isStored(dimension: Dimension): dimension is StoredField {
  return storedFields.some((field) => field === dimension) || dimension.startsWith('custom.');
}

test(
  'whatever stands in records, filters and groups, the store answers as the pure reducer, and its tables stay',
  async () => {
    const inputs = fc.array(record, { minLength: 1, maxLength: 6 }).chain((records) => {
      const value = pick(records);
      const group = fc.oneof(
        fc.constantFrom<Dimension>(...dimensions),
        value.filter(Boolean).map((label) => `custom.${label}` as const)
      );
      const question = fc.record({
        filters: filtersOf(value),
        groupBy: fc.uniqueArray(group, { maxLength: 2 }),
      });
      return fc.record({
        records: fc.constant(records),
        questions: fc.array(question, { minLength: 10, maxLength: 10 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(inputs, async ({ records: parts, questions }) => {
        const records = parts.map((part, n) => {
          const id = `${noon / 1000}.${n}`;
          return cdrRecord({ ...part, uniqueId: id, linkedId: id, sequence: n });
        });
        const store = await openDuckDbStore(':memory:', defaultDerivation, { recentCalls: 0 });
        await store.add({ records, events: [] });
        const found = [...Map.groupBy(records, callKey).values()].map((call) => ({
          call,
          assembled: assembleCall({ records: call, events: [] }, defaultRules),
        }));
        const facts = [
          ...found.flatMap(({ call, assembled }) => factRows(assembled, call, { serviceLevelThreshold: 20 })),
          ...callerRows(
            found.flatMap(({ assembled }) => assembled.call ?? []),
            callers,
            ['lostCaller', 'contact']
          ),
        ];
        for (const { filters, groupBy } of questions) {
          const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
          const plan: StatisticsPlan = {
            ...range,
            filters,
            groupBy,
            buckets: null,
            clock: null,
            serviceLevelThreshold: 20,
            callers,
          };
          const { rows } = await store.sum(plan, wanted);
          expect(sorted(rows)).toEqual(sorted(sumFacts(facts, plan)));
          const selection = {
            ...range,
            filters,
            limit: 100,
            offset: 0,
            sortBy: 'source' as const,
            sortOrder: 'asc' as const,
          };
          const calls = facts.filter((row) => row.fact === 'call' && matchesFilters(row, filters));
          expect((await store.selectCalls(selection)).rows).toHaveLength(calls.length);
          for (const field of [...groupBy.filter(isStored), 'source' as const, 'customFields' as const]) {
            await store.suggest(field, filters);
          }
        }
        expect(await store.counts()).toMatchObject({ records: records.length });
        await store.close();
      }),
      { numRuns: stores, endOnFailure: true }
    );
    console.log(`${stores * 10} questions to ${stores} stores: each answered as by the reducer`);
  },
  patience
);
