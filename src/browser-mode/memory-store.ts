import { stretchKey, type AgentStretch } from '../cdr/agent-presence';
import { assembleCall } from '../cdr/assemble-call';
import type { Call } from '../cdr/call';
import { withinBounds } from '../cdr/call-bounds';
import { addParts, callKey, noParts, type CallParts } from '../cdr/call-parts';
import type { CallRules } from '../cdr/call-rules';
import { stretchRow, type FactRow, type Thresholds } from '../cdr/fact-rows';
import { matchesFilters, type CdrFilters } from '../cdr/filters';
import type { Gap } from '../cdr/gap';
import { flowsOf, type FlowPlan, type GroupFlow } from '../cdr/flows';
import { joinGaps } from '../cdr/join-gaps';
import { consultationsOf, joinConsultations } from '../cdr/join-consultations';
import { loads } from '../cdr/loads';
import { highestGroups, type Ranking } from '../cdr/highest-groups';
import { factsOf, type Fact, type Measure } from '../cdr/measures';
import type { CdrRecord } from '../cdr/record';
import type { RepeatedCaller } from '../cdr/repeated-callers';
import type { Restart } from '../cdr/restart';
import type { StoredCall } from '../cdr/stored-call';
import { sumFacts, type GroupSums, type StatisticsPlan } from '../cdr/sum-facts';
import {
  factsOfCalls,
  KeptCall,
  selectCallsOf,
  selectContactsOf,
  selectRecordsOf,
  selectRepeatedOf,
  storedCallsOf,
} from '../answers/answer-from-calls';
import type {
  AnswerStore,
  AskedContact,
  CallsSought,
  ContactSelection,
  RepeatedSelection,
  RowSelection,
  Selected,
} from '../answers/answer-store';
import type { Range } from '../query/parse-range';
import { factOfValues, type StoredField } from '../query/variable-query';
import { frequentValues } from './frequent-values';

/** What the panel inspector shows where a store shows its statement. */
const sql = '-- answered from the calls that this page keeps';

/**
 * Keeps the calls that a page has heard, and answers as the store of the server part does. Of more than `capacity`
 * calls, those that nothing was heard of for longest go, whole.
 */
export class MemoryStore implements AnswerStore {
  /** By key, the one heard of last at the end. */
  private readonly kept = new Map<string, KeptCall>();
  private readonly stretches = new Map<string, AgentStretch>();
  private gapsHeard: Gap[] = [];
  private readonly restartsHeard: Restart[] = [];

  constructor(
    private readonly capacity: number,
    private readonly rules: CallRules
  ) {}

  /** Calls with a record; those that only queue events tell of are kept besides. */
  get calls(): number {
    return this.assembledCalls().length;
  }

  /** True when anything of it was not known before. */
  add(heard: CallParts): boolean {
    const consultations = consultationsOf(heard).map(callKey);
    const known = new Map(consultations.flatMap((key) => [[key, this.kept.get(key)?.parts ?? noParts] as const]));
    const added = joinConsultations(heard, known);
    consultations.forEach((key) => this.kept.delete(key));
    const byCall = Map.groupBy([...added.records, ...added.events], callKey);
    return [...byCall.keys()].map((key) => this.addToCall(key, added)).some(Boolean);
  }

  addStretches(stretches: readonly AgentStretch[]): void {
    stretches.forEach((stretch) => this.stretches.set(stretchKey(stretch), stretch));
    while (this.stretches.size > this.capacity) {
      this.stretches.delete(this.stretches.keys().next().value!);
    }
  }

  addGap(gap: Gap): void {
    this.gapsHeard = joinGaps([...this.gapsHeard, gap]).slice(-this.capacity);
  }

  addRestart(restart: Restart): void {
    push(this.restartsHeard, restart, this.capacity);
  }

  /** Gaps that touch a range, the earliest first. Epoch milliseconds. */
  gaps(from: number, to: number): Gap[] {
    return this.gapsHeard.filter(({ startTime, endTime }) => startTime < to && (endTime ?? to) > from);
  }

  async restarts(from: number, to: number, signal?: AbortSignal): Promise<Restart[]> {
    signal?.throwIfAborted();
    return this.restartsHeard.filter(({ time }) => time >= from && time < to);
  }

  async selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>> {
    signal?.throwIfAborted();
    return { rows: selectCallsOf(this.kept.values(), selection), sql };
  }

  async storedCalls(sought: CallsSought, signal?: AbortSignal): Promise<Selected<StoredCall>> {
    signal?.throwIfAborted();
    return { rows: storedCallsOf(this.kept.values(), sought), sql };
  }

  async selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>> {
    signal?.throwIfAborted();
    return { rows: selectRecordsOf(this.kept.values(), selection), sql };
  }

  async selectContacts(selection: ContactSelection, signal?: AbortSignal): Promise<Selected<AskedContact>> {
    signal?.throwIfAborted();
    return { rows: selectContactsOf(this.kept.values(), selection), sql };
  }

  async selectRepeated(selection: RepeatedSelection, signal?: AbortSignal): Promise<Selected<RepeatedCaller>> {
    signal?.throwIfAborted();
    return { rows: selectRepeatedOf(this.kept.values(), selection), sql };
  }

  async sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
    signal?.throwIfAborted();
    return { rows: sumFacts(this.rowsOf(factsOf(wanted), plan), plan), sql };
  }

  async highest(plan: StatisticsPlan, ranking: Ranking, signal?: AbortSignal): Promise<Selected<readonly string[]>> {
    signal?.throwIfAborted();
    return { rows: highestGroups(this.rowsOf(ranking.facts, plan), plan, ranking), sql };
  }

  async flows(plan: FlowPlan, signal?: AbortSignal): Promise<Selected<GroupFlow>> {
    signal?.throwIfAborted();
    return { rows: flowsOf(this.rowsOf([loads[plan.load]], plan), plan), sql };
  }

  /** Values in use, the most frequent first; `customFields` gives the labels of custom fields. */
  suggest(field: StoredField | 'customFields', filters: CdrFilters, range: Range | null = null): string[] {
    const rows = [...this.rowsOf([factOfValues(field)], { serviceLevelThreshold: 0 })];
    return frequentValues(
      rows.filter((row) => isWithin(row.time, range) && matchesFilters(row, filters)),
      field
    );
  }

  private addToCall(key: string, added: CallParts): boolean {
    const known = this.kept.get(key)?.parts ?? noParts;
    const joined = addParts(known, {
      records: added.records.filter((record) => callKey(record) === key),
      events: added.events.filter((event) => callKey(event) === key),
    });
    const { parts, fresh } = withinBounds(joined);
    if (fresh.records.length + fresh.events.length === 0) {
      return false;
    }
    this.kept.delete(key);
    this.kept.set(key, new KeptCall(parts, assembleCall(parts, this.rules)));
    if (this.kept.size > this.capacity) {
      this.kept.delete(this.kept.keys().next().value!);
    }
    return true;
  }

  private assembledCalls(): Call[] {
    return [...this.kept.values()].flatMap(({ assembled: { call } }) => call ?? []);
  }

  private *rowsOf(facts: readonly Fact[], plan: Thresholds & Pick<StatisticsPlan, 'callers'>): Iterable<FactRow> {
    yield* factsOfCalls([...this.kept.values()], plan, facts);
    if (facts.includes('stretch')) {
      yield* Array.from(this.stretches.values(), stretchRow);
    }
  }
}

/** Adds to the end; of more than `capacity` the first go. */
function push<T>(list: T[], added: T, capacity: number): void {
  list.push(added);
  list.splice(0, Math.max(0, list.length - capacity));
}

function isWithin(time: number, range: Range | null): boolean {
  return range === null || (time >= range.from && time < range.to);
}
