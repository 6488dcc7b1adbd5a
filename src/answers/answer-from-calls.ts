import type { AssembledCall } from '../cdr/assemble-call';
import type { Call } from '../cdr/call';
import type { CallParts } from '../cdr/call-parts';
import { callMatches, recordMatches } from '../cdr/fact-matches';
import { factRows, type FactRow } from '../cdr/fact-rows';
import { factsOf, type Fact, type Measure } from '../cdr/measures';
import type { CdrRecord } from '../cdr/record';
import { sumFacts, type GroupSums, type StatisticsPlan } from '../cdr/sum-facts';
import type { RowSelection } from './answer-store';
import { selectRows } from './select-rows';

/** A call in memory, with all that is known of it. */
export class KeptCall {
  /** Its facts by the service level threshold that was asked for last: live panels ask four times a second. */
  private facts: { threshold: number; rows: FactRow[] } | null = null;

  constructor(
    readonly parts: CallParts,
    readonly assembled: AssembledCall
  ) {}

  /** @param serviceLevelThreshold seconds */
  factRows(serviceLevelThreshold: number): FactRow[] {
    if (this.facts?.threshold !== serviceLevelThreshold) {
      const rows = factRows(this.assembled, this.parts.records, serviceLevelThreshold);
      this.facts = { threshold: serviceLevelThreshold, rows };
    }
    return this.facts.rows;
  }
}

/** The pure counterpart of the store's SQL, as are the two below. */
export function selectCallsOf(kept: Iterable<KeptCall>, selection: RowSelection): Call[] {
  const calls = Array.from(kept, ({ assembled }) => assembled.call).filter((call) => call !== null);
  return selectRows(calls, selection, (call) => callMatches(call, selection.filters));
}

export function selectRecordsOf(kept: Iterable<KeptCall>, selection: RowSelection): CdrRecord[] {
  const callOf = new Map<CdrRecord, Call | null>();
  for (const { parts, assembled } of kept) {
    parts.records.forEach((record) => callOf.set(record, assembled.call));
  }
  const matches = (record: CdrRecord): boolean => recordMatches(record, callOf.get(record)!, selection.filters);
  return selectRows([...callOf.keys()], selection, matches);
}

export function sumCalls(kept: Iterable<KeptCall>, plan: StatisticsPlan, wanted: readonly Measure[]): GroupSums[] {
  return sumFacts(factsOfCalls(kept, plan.serviceLevelThreshold, factsOf(wanted)), plan);
}

/** The facts of some kinds. */
export function* factsOfCalls(
  kept: Iterable<KeptCall>,
  serviceLevelThreshold: number,
  facts: readonly Fact[]
): Iterable<FactRow> {
  for (const call of kept) {
    yield* call.factRows(serviceLevelThreshold).filter(({ fact }) => facts.includes(fact));
  }
}
