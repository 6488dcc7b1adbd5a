import type { AssembledCall } from '../cdr/assemble-call';
import type { Call } from '../cdr/call';
import type { CallParts } from '../cdr/call-parts';
import { callerRows } from '../cdr/caller-rows';
import { contactOf, type Contact } from '../cdr/contact';
import { callMatches, recordMatches } from '../cdr/fact-matches';
import { factRows, type FactRow, type Thresholds } from '../cdr/fact-rows';
import { factsOf, type Fact, type Measure } from '../cdr/measures';
import type { CdrRecord } from '../cdr/record';
import { repeatedCallers, type RepeatedCaller } from '../cdr/repeated-callers';
import type { StoredCall } from '../cdr/stored-call';
import { sumFacts, type GroupSums, type StatisticsPlan } from '../cdr/sum-facts';
import { mostContacts, tooManyContacts } from './answer-bounds';
import type { AskedContact, CallsSought, ContactSelection, RepeatedSelection, RowSelection } from './answer-store';
import { selectRows } from './select-rows';

/** A call in memory, with all that is known of it. */
export class KeptCall {
  /** Its facts by the thresholds that were asked for last: live panels ask four times a second. */
  private facts: { thresholds: Thresholds; rows: FactRow[] } | null = null;

  constructor(
    readonly parts: CallParts,
    readonly assembled: AssembledCall
  ) {}

  factRows(thresholds: Thresholds): FactRow[] {
    if (!this.facts || !areAlike(this.facts.thresholds, thresholds)) {
      this.facts = { thresholds, rows: factRows(this.assembled, this.parts.records, thresholds) };
    }
    return this.facts.rows;
  }
}

function areAlike(a: Thresholds, b: Thresholds): boolean {
  return a.serviceLevelThreshold === b.serviceLevelThreshold && a.shortAbandonThreshold === b.shortAbandonThreshold;
}

/** The pure counterpart of the store's SQL, as are those below. */
export function selectCallsOf(kept: Iterable<KeptCall>, selection: RowSelection): Call[] {
  return selectRows(assembledCalls(kept), selection, (call) => callMatches(call, selection.filters));
}

export function selectRecordsOf(kept: Iterable<KeptCall>, selection: RowSelection): CdrRecord[] {
  const callOf = new Map<CdrRecord, Call | null>();
  for (const { parts, assembled } of kept) {
    parts.records.forEach((record) => callOf.set(record, assembled.call));
  }
  const matches = (record: CdrRecord): boolean => recordMatches(record, callOf.get(record)!, selection.filters);
  return selectRows([...callOf.keys()], selection, matches);
}

export function selectContactsOf(kept: Iterable<KeptCall>, selection: ContactSelection): AskedContact[] {
  const { from, to, within } = selection;
  const contacts = assembledCalls(kept)
    .map(contactOf)
    .filter((contact) => contact !== null && contact.kind !== 'selfServed')
    .filter((contact) => contact!.at >= from - within && contact!.at < to + within)
    .map((contact) => ({ ...contact!, isAsked: isAskedLost(contact!, selection) }));
  const lost = new Set(contacts.filter(({ isAsked }) => isAsked).map(({ number }) => number));
  const found = contacts.filter(({ number, isAsked }) => isAsked || (number !== '' && lost.has(number)));
  if (found.length > mostContacts) {
    throw tooManyContacts();
  }
  return found.map(({ call, isAsked }) => ({ call, isAsked }));
}

export function selectRepeatedOf(
  kept: Iterable<KeptCall>,
  { from, to, filters, within, limit, offset }: RepeatedSelection
): RepeatedCaller[] {
  const isWithin = ({ startTime }: Call, start: number, end: number): boolean =>
    startTime !== null && startTime >= start && startTime < end;
  const around = assembledCalls(kept).filter((call) => isWithin(call, from - within, to));
  const isAsked = (call: Call): boolean => isWithin(call, from, to) && callMatches(call, filters);
  return repeatedCallers(around, within, isAsked).slice(offset, offset + limit);
}

function isAskedLost({ call, kind, at }: Contact, { from, to, filters }: ContactSelection): boolean {
  return kind === 'lost' && at >= from && at < to && callMatches(call, filters);
}

export function storedCallsOf(kept: Iterable<KeptCall>, { linkedIds, servers }: CallsSought): StoredCall[] {
  return Array.from(kept).flatMap(({ parts, assembled }) => {
    const { server, linkedId } = parts.records[0] ?? parts.events[0] ?? { server: '', linkedId: '' };
    const isSought = linkedIds.includes(linkedId) && (servers?.includes(server) ?? true);
    return isSought ? [{ id: { server, linkedId }, parts, assembled }] : [];
  });
}

export function sumCalls(kept: Iterable<KeptCall>, plan: StatisticsPlan, wanted: readonly Measure[]): GroupSums[] {
  return sumFacts(factsOfCalls([...kept], plan, factsOf(wanted)), plan);
}

/** The facts of some kinds. */
export function* factsOfCalls(
  kept: readonly KeptCall[],
  plan: Thresholds & Pick<StatisticsPlan, 'callers'>,
  facts: readonly Fact[]
): Iterable<FactRow> {
  for (const call of kept) {
    yield* call.factRows(plan).filter(({ fact }) => facts.includes(fact));
  }
  yield* callerRows(assembledCalls(kept), plan.callers, facts);
}

function assembledCalls(kept: Iterable<KeptCall>): Call[] {
  return Array.from(kept, ({ assembled }) => assembled.call).filter((call) => call !== null);
}
