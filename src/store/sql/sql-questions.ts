import { longestStretch, type AgentStretch } from '../../cdr/agent-presence';
import type { Call } from '../../cdr/call';
import { otherValues } from '../../cdr/alone-groups';
import type { CdrFilters } from '../../cdr/filters';
import type { FlowPlan, GroupFlow } from '../../cdr/flows';
import type { Gap } from '../../cdr/gap';
import type { Ranking } from '../../cdr/highest-groups';
import { setSum } from '../../cdr/fact-rows';
import { mapInTurns } from '../../cdr/in-turns';
import { factsOf, measures, type Fact, type Measure } from '../../cdr/measures';
import type { LearnedName } from '../../cdr/learned-names';
import type { KnownSpan } from '../../cdr/pbx-clocks';
import type { CdrRecord } from '../../cdr/record';
import type { AuditStretch, QueueDifference, StoredCounts } from '../../cdr/queue-audit';
import type { QueueReading } from '../../cdr/queue-reading';
import type { RepeatedCaller } from '../../cdr/repeated-callers';
import type { Restart } from '../../cdr/restart';
import type { StoredCall } from '../../cdr/stored-call';
import { noTotals, type GroupSums, type StatisticsPlan } from '../../cdr/sum-facts';
import {
  maxSecondCounts,
  maxSums,
  mostContacts,
  tooManyContacts,
  tooManySecondCounts,
  tooManySums,
} from '../../answers/answer-bounds';
import type {
  AskedContact,
  CallsSought,
  ContactSelection,
  RepeatedSelection,
  RowSelection,
  Selected,
} from '../../answers/answer-store';
import type { RowKind, RowKinds } from '../../answers/row-columns';
import type { Range } from '../../query/parse-range';
import { factOfValues, type StoredField } from '../../query/variable-query';
import type { EngineQuestions } from '../engine';
import type { ScanSelection, StoreCounts } from '../store';
import { Binds } from './binds';
import { contactsSql } from './contacts-sql';
import type { Dialect } from './dialect';
import { distributionSql, distributionsOf, secondCountsOf } from './distribution-sql';
import { joinSlices, slicesOf, type SliceFlow } from './flow-slices';
import { flowSql, sliceFlowOf } from './flow-sql';
import { factTables, fromSql, valueSql, whereSql, type FactTable } from './filter-sql';
import { highestSql } from './highest-sql';
import { repeatedCallerOf, repeatedCallersSql } from './repeated-callers-sql';
import { selectSql } from './select-sql';
import { sumSql } from './sum-sql';
import { columnName } from './table';
import { queueCountsSql, storedCountsOf } from './queue-counts-sql';
import { rowTables } from './row-tables';
import { storedCallsOf, storedPartSql, storedParts, type StoredPart } from './stored-calls';
import {
  callTable,
  clockTable,
  differenceTable,
  gapTable,
  heardTable,
  importTable,
  nameTable,
  readingTable,
  recordTable,
  restartTable,
  stretchTable,
} from './tables';

/** Puts statements to a database; one whose signal aborts, waiting or running, fails at once with the signal's reason. */
export interface Asker {
  rows(sql: string, values: Binds['values'], signal?: AbortSignal): Promise<Row[]>;
}

type Row = Readonly<Record<string, unknown>>;

/** A stretch is cut a moment after it is that long, or later where the process stood still. */
const stretchSlack = 4 * longestStretch;
const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Every question to a store, as statements to its database. */
export class SqlQuestions implements EngineQuestions {
  /** @param source gives the dialect for the next statement */
  constructor(
    private readonly asker: Asker,
    private readonly source: { readonly dialect: Dialect }
  ) {}

  async selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>> {
    return this.select('records', selection, signal);
  }

  async selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>> {
    return this.select('calls', selection, signal);
  }

  async storedCalls(sought: CallsSought, signal?: AbortSignal): Promise<Selected<StoredCall>> {
    const rows = Object.fromEntries(storedParts.map((part) => [part, [] as Row[]])) as Record<StoredPart, Row[]>;
    const statements: string[] = [];
    for (const part of storedParts) {
      const binds = this.binds();
      const sql = storedPartSql(part, sought, binds);
      statements.push(sql);
      rows[part] = await this.rows(sql, binds, signal);
    }
    return { rows: storedCallsOf(rows), sql: statements.join(';\n') };
  }

  /** The statement of `selectRecords` or `selectCalls`. */
  selectSql(kind: RowKind, selection: RowSelection): string {
    const { fact, table } = rowTables[kind];
    return selectSql(fact, table, selection, this.binds());
  }

  async selectContacts(selection: ContactSelection, signal?: AbortSignal): Promise<Selected<AskedContact>> {
    const binds = this.binds();
    const sql = contactsSql(selection, binds);
    const rows = await this.rows(sql, binds, signal);
    if (rows.length > mostContacts) {
      throw tooManyContacts();
    }
    return { rows: await mapInTurns(rows, (row) => ({ call: callTable.read(row), isAsked: row.asked === true })), sql };
  }

  /** The statement of `selectContacts`. */
  contactsSql(selection: ContactSelection): string {
    return contactsSql(selection, this.binds());
  }

  async selectRepeated(selection: RepeatedSelection, signal?: AbortSignal): Promise<Selected<RepeatedCaller>> {
    const binds = this.binds();
    const sql = repeatedCallersSql(selection, binds);
    return { rows: await mapInTurns(await this.rows(sql, binds, signal), repeatedCallerOf), sql };
  }

  /** The statement of `selectRepeated`. */
  repeatedSql(selection: RepeatedSelection): string {
    return repeatedCallersSql(selection, this.binds());
  }

  async sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
    const facts = factsOf(wanted);
    const asked = distributionsOf(plan, facts);
    // One statement gives each group once; the rows of several are put together.
    const isAlone = facts.length === 1 && asked.length === 0;
    const groups = new Map<string | number, GroupSums>();
    const groupOf = (row: Row): GroupSums => {
      const { bucket, group } = cutOf(row, plan);
      const key = isAlone ? groups.size : JSON.stringify([bucket, ...group]);
      const found = groups.get(key) ?? { bucket, group, ...noTotals() };
      groups.set(key, found);
      return found;
    };
    for (const fact of facts) {
      const binds = this.binds();
      const own = wanted
        .filter((measure) => measures[measure] === fact)
        .map((measure) => ({ measure, column: columnName(measure) }));
      const rows = await this.rows(`${sumSql(fact, plan, wanted, binds)} LIMIT ${maxSums + 1}`, binds, signal);
      if (rows.length > maxSums) {
        throw tooManySums(await this.countGroups((binds) => sumSql(fact, plan, wanted, binds), signal));
      }
      for (const row of rows) {
        const { sums } = groupOf(row);
        for (const { measure, column } of own) {
          // Each measure is of one kind of facts, and a group has one row of each kind.
          setSum(sums, measure, Number(row[column]));
        }
      }
    }
    for (const distribution of asked) {
      const binds = this.binds();
      const rows = await this.rows(distributionSql(distribution, plan, binds), binds, signal);
      let seen = 0;
      for (const row of rows) {
        const counts = secondCountsOf(row);
        seen += counts.size;
        groupOf(row).distributions[distribution] = counts;
      }
      if (seen > maxSecondCounts) {
        throw tooManySecondCounts();
      }
    }
    return { rows: [...groups.values()], sql: this.sumSql(plan, wanted) };
  }

  async highest(plan: StatisticsPlan, ranking: Ranking, signal?: AbortSignal): Promise<Selected<readonly string[]>> {
    const binds = this.binds();
    const sql = highestSql(plan, ranking, binds);
    const rows = await this.rows(sql, binds, signal);
    return { rows: rows.map((row) => cutOf(row, { ...plan, buckets: null }).group), sql };
  }

  /** The statement of `highest`. */
  highestSql(plan: StatisticsPlan, ranking: Ranking): string {
    return highestSql(plan, ranking, this.binds());
  }

  async flows(plan: FlowPlan, signal?: AbortSignal): Promise<Selected<GroupFlow>> {
    const slices: SliceFlow[][] = [];
    for (const slice of slicesOf(plan)) {
      const binds = this.binds();
      const found = await this.rows(`${flowSql(plan, slice, binds)} LIMIT ${maxSums + 1}`, binds, signal);
      slices.push(await mapInTurns(found, (row) => ({ ...cutOf(row, plan), ...sliceFlowOf(row, plan) })));
      if (slices.reduce((sum, some) => sum + some.length, 0) > maxSums) {
        throw tooManySums(await this.countGroups((more) => flowSql({ ...plan, peaks: false }, plan, more), signal));
      }
    }
    return { rows: joinSlices(slices), sql: flowSql(plan, plan, this.binds()) };
  }

  private async countGroups(write: (binds: Binds) => string, signal: AbortSignal | undefined): Promise<number> {
    const binds = this.binds();
    const [row] = await this.rows(`SELECT count(*) AS found FROM (${write(binds)}) g`, binds, signal);
    return Number(row!.found);
  }

  /** The statements of `sum`. */
  sumSql(plan: StatisticsPlan, wanted: readonly Measure[]): string {
    const facts = factsOf(wanted);
    return [
      ...facts.map((fact) => sumSql(fact, plan, wanted, this.binds())),
      ...distributionsOf(plan, facts).map((distribution) => distributionSql(distribution, plan, this.binds())),
    ].join(';\n');
  }

  async suggest(
    field: StoredField | 'customFields',
    filters: CdrFilters,
    range?: Range | null,
    signal?: AbortSignal
  ): Promise<string[]> {
    const binds = this.binds();
    const fact = factOfValues(field);
    const value = field === 'customFields' ? this.dialect.jsonLabels('f.custom') : valueSql(fact, field, binds);
    const looked = await this.suggestionsWithin(fact, range ?? always, signal);
    const where = whereSql(fact, looked, filters, binds);
    const rows = await this.rows(
      `SELECT value FROM (SELECT ${value} AS value ${fromSql(fact, binds)} WHERE ${where}) v ` +
        "WHERE value <> '' GROUP BY value ORDER BY count(*) DESC, " +
        `${this.dialect.byCodePoint('value')} LIMIT 1000`,
      binds,
      signal
    );
    return rows.map((row) => String(row.value));
  }

  /** The part of a range whose facts suggestions are made of: its newest. */
  private async suggestionsWithin(fact: Fact, range: Range, signal: AbortSignal | undefined): Promise<Range> {
    const { suggestsFrom } = this.dialect;
    if (suggestsFrom === null) {
      return range;
    }
    const { table, time } = factTables[fact];
    const binds = this.binds();
    const sql =
      `SELECT f.${time} AS since FROM ${table} f WHERE ${whereSql(fact, range, {}, binds)} ORDER BY f.${time} DESC ` +
      `LIMIT 1 OFFSET ${binds.integer(suggestsFrom - 1)}`;
    const [row] = await this.rows(sql, binds, signal);
    return row ? { ...range, from: Number(row.since) } : range;
  }

  async countRecords(server: string, from: number, to: number, signal?: AbortSignal): Promise<number> {
    const binds = this.binds();
    const sql =
      `SELECT count(*) AS records FROM record WHERE server = ${binds.text(server)} ` +
      `AND start_time >= ${binds.integer(from)} AND start_time < ${binds.integer(to)}`;
    const [row] = await this.rows(sql, binds, signal);
    return Number(row!.records);
  }

  async importState(key: string): Promise<unknown> {
    const binds = this.binds();
    const sql = `SELECT ${importTable.columnsOf('f')} FROM ${importTable.name} f WHERE f.key = ${binds.text(key)}`;
    const [row] = await this.rows(sql, binds);
    return row && importTable.read(row).state;
  }

  async recordsOfLastCalls(calls: number, signal?: AbortSignal): Promise<CdrRecord[]> {
    const binds = this.binds();
    const last =
      'SELECT server, linked_id FROM call WHERE start_time IS NOT NULL ORDER BY start_time DESC ' +
      `LIMIT ${binds.integer(calls)}`;
    const rows = await this.rows(
      `SELECT ${recordTable.columnsOf('f')} FROM record f JOIN (${last}) l USING (server, linked_id)`,
      binds,
      signal
    );
    return rows.map((row) => recordTable.read(row));
  }

  async countRows(kind: RowKind, { from, to, filters }: ScanSelection, signal?: AbortSignal): Promise<number> {
    const { fact } = rowTables[kind];
    const binds = this.binds();
    const where = whereSql(fact, { from, to }, filters, binds);
    const [row] = await this.rows(`SELECT count(*) AS rows ${fromSql(fact, binds)} WHERE ${where}`, binds, signal);
    return Number(row!.rows);
  }

  async customLabels(kind: RowKind, { from, to, filters }: ScanSelection, signal?: AbortSignal): Promise<string[]> {
    const { fact } = rowTables[kind];
    const binds = this.binds();
    const where = whereSql(fact, { from, to }, filters, binds);
    const rows = await this.rows(
      `SELECT DISTINCT ${this.dialect.jsonLabels('f.custom')} AS label ${fromSql(fact, binds)} WHERE ${where} ORDER BY label`,
      binds,
      signal
    );
    return rows.map(({ label }) => String(label));
  }

  async counts(signal?: AbortSignal): Promise<StoreCounts> {
    const [row] = await this.rows(
      'SELECT least((SELECT min(start_time) FROM call), (SELECT min(join_time) FROM queue_visit)) AS first_time, ' +
        'greatest((SELECT max(start_time) FROM record), (SELECT max(join_time) FROM queue_visit)) AS last_time',
      this.binds(),
      signal
    );
    const time = (value: unknown): number | null => (value === null ? null : Number(value));
    return {
      records: await this.countAll(factTables.record, signal),
      calls: await this.countAll(factTables.call, signal),
      firstTime: time(row!.first_time),
      lastTime: time(row!.last_time),
    };
  }

  /** Rows of a table: of very many, about so many where the database knows that without a look at each. */
  private async countAll({ table }: FactTable, signal: AbortSignal | undefined): Promise<number> {
    const { estimate } = this.dialect;
    const count = async (sql: string): Promise<number> =>
      Number((await this.rows(`SELECT count(*) AS found FROM ${sql}`, this.binds(), signal))[0]!.found);
    if (estimate === null) {
      return count(table);
    }
    const some = await count(`(SELECT 1 AS one FROM ${table} LIMIT ${estimate.from}) few`);
    if (some < estimate.from) {
      return some;
    }
    const [row] = await this.rows(`SELECT ${estimate.rows(table)} AS found`, this.binds(), signal);
    const found = Number(row!.found);
    return found < some ? count(table) : found;
  }

  async gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]> {
    const binds = this.binds();
    const sql =
      `SELECT ${gapTable.columnsOf('f')} FROM ${gapTable.name} f WHERE f.end_time > ${binds.integer(from)} ` +
      `AND f.start_time < ${binds.integer(to)} ORDER BY f.start_time, f.server`;
    return (await this.rows(sql, binds, signal)).map((row) => gapTable.read(row));
  }

  async restarts(from: number, to: number, signal?: AbortSignal): Promise<Restart[]> {
    const binds = this.binds();
    const sql =
      `SELECT ${restartTable.columnsOf('f')} FROM ${restartTable.name} f WHERE f.time >= ${binds.integer(from)} ` +
      `AND f.time < ${binds.integer(to)} ORDER BY f.time, f.server`;
    return (await this.rows(sql, binds, signal)).map((row) => restartTable.read(row));
  }

  async stretches(server: string, from: number, to: number): Promise<AgentStretch[]> {
    const binds = this.binds();
    const sql =
      `SELECT ${stretchTable.columnsOf('f')} FROM ${stretchTable.name} f WHERE f.server = ${binds.text(server)} ` +
      `AND f.start_time >= ${binds.integer(from - stretchSlack)} AND f.start_time < ${binds.integer(to)} ` +
      `AND f.end_time > ${binds.integer(from)}`;
    return (await this.rows(sql, binds)).map((row) => stretchTable.read(row));
  }

  async differences(from: number, to: number, signal?: AbortSignal): Promise<QueueDifference[]> {
    const binds = this.binds();
    const sql =
      `SELECT ${differenceTable.columnsOf('f')} FROM ${differenceTable.name} f ` +
      `WHERE f.end_time > ${binds.integer(from)} AND f.start_time < ${binds.integer(to)} ` +
      'ORDER BY f.start_time, f.server, f.queue, f.agent, f.outcome';
    return (await this.rows(sql, binds, signal)).map((row) => differenceTable.read(row));
  }

  async readings(): Promise<QueueReading[]> {
    const rows = await this.rows(`SELECT ${readingTable.columnsOf('f')} FROM ${readingTable.name} f`, this.binds());
    return rows.map((row) => readingTable.read(row));
  }

  async queueCounts(stretch: AuditStretch, unbrokenSince: number, agent: string): Promise<StoredCounts> {
    const binds = this.binds();
    const [row] = await this.rows(queueCountsSql(stretch, unbrokenSince, agent, binds), binds);
    return storedCountsOf(row!);
  }

  async names(): Promise<LearnedName[]> {
    const rows = await this.rows(`SELECT ${nameTable.columnsOf('f')} FROM ${nameTable.name} f`, this.binds());
    return rows.map((row) => nameTable.read(row));
  }

  async clocks(): Promise<KnownSpan[]> {
    const rows = await this.rows(`SELECT ${clockTable.columnsOf('f')} FROM ${clockTable.name} f`, this.binds());
    return rows.map((row) => clockTable.read(row));
  }

  async lastHeard(): Promise<Map<string, number>> {
    const rows = await this.rows(`SELECT ${heardTable.columnsOf('f')} FROM ${heardTable.name} f`, this.binds());
    return new Map(rows.map((row) => heardTable.read(row)).map(({ server, at }) => [server, at]));
  }

  async stretchesAfter(stretch: AgentStretch | null, count: number): Promise<AgentStretch[]> {
    const binds = this.binds();
    const later = stretch
      ? `(f.start_time, f.server, f.agent) > (${binds.integer(stretch.startTime)}, ${binds.text(stretch.server)}, ${binds.text(stretch.agent)})`
      : 'true';
    const sql =
      `SELECT ${stretchTable.columnsOf('f')} FROM ${stretchTable.name} f WHERE ${later} ` +
      `ORDER BY f.start_time, f.server, f.agent LIMIT ${binds.integer(count)}`;
    return (await this.rows(sql, binds)).map((row) => stretchTable.read(row));
  }

  async importStates(): Promise<Map<string, object>> {
    const rows = await this.rows(`SELECT ${importTable.columnsOf('f')} FROM ${importTable.name} f`, this.binds());
    return new Map(rows.map((row) => importTable.read(row)).map(({ key, state }) => [key, state]));
  }

  private async select<K extends RowKind>(
    kind: K,
    selection: RowSelection,
    signal: AbortSignal | undefined
  ): Promise<Selected<RowKinds[K]>> {
    const { fact, table } = rowTables[kind];
    const binds = this.binds();
    const sql = selectSql(fact, table, selection, binds);
    return { rows: await mapInTurns(await this.rows(sql, binds, signal), (row) => table.read(row)), sql };
  }

  private get dialect(): Dialect {
    return this.source.dialect;
  }

  private binds(): Binds {
    return new Binds(this.dialect);
  }

  private rows(sql: string, binds: Binds, signal?: AbortSignal): Promise<Row[]> {
    return this.asker.rows(sql, binds.values, signal);
  }
}

/** The time bucket and the group of a row. */
function cutOf(row: Row, { alone, buckets, groupBy }: StatisticsPlan): Pick<GroupSums, 'bucket' | 'group'> {
  const fields = alone?.fields ?? 0;
  return {
    bucket: buckets ? Number(row.bucket) : null,
    group: groupBy.map((_, place) => String(row[`g${place}`] ?? (place < fields ? otherValues : ''))),
  };
}
