import type { Call } from '../../cdr/call';
import { customLabel } from '../../cdr/dimensions';
import { noSums } from '../../cdr/fact-rows';
import type { CdrFilters } from '../../cdr/filters';
import type { Gap } from '../../cdr/gap';
import { factsOf, measures, type Measure } from '../../cdr/measures';
import type { CdrRecord } from '../../cdr/record';
import type { Restart } from '../../cdr/restart';
import type { GroupSums, StatisticsPlan } from '../../cdr/sum-facts';
import type { RowSelection, Selected } from '../../answers/answer-store';
import { factOfValues } from '../../query/variable-query';
import type { ScanSelection, StoreCounts, SuggestionField } from '../store';
import { Binds } from './binds';
import { customSql, factTables, whereSql } from './filter-sql';
import { selectSql } from './select-sql';
import { sumSql } from './sum-sql';
import type { Asker } from './readers';
import { columnName, type Table } from './table';
import { callTable, gapTable, heardTable, importTable, recordTable, restartTable } from './tables';

/** The row that ends a page: nothing before it in the order of `markPages`, itself included, is of a later page. */
export interface PageMark {
  startTime: number;
  rowId: number;
  /** How many rows there are up to it. */
  rows: number;
}

/** Facts that can be asked for row by row. */
export type RowFact = 'call' | 'record';

const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** The reading half of the store: every statement that answers a question. */
export class DuckDbAnswers {
  constructor(private readonly asker: Asker) {}

  async selectRecords(selection: RowSelection, signal?: AbortSignal): Promise<Selected<CdrRecord>> {
    return this.select('record', recordTable, selection, signal);
  }

  async selectCalls(selection: RowSelection, signal?: AbortSignal): Promise<Selected<Call>> {
    return this.select('call', callTable, selection, signal);
  }

  /** The statement of `selectRecords` or `selectCalls`. */
  selectSql(fact: RowFact, selection: RowSelection): string {
    return selectSql(fact, fact === 'record' ? recordTable : callTable, selection, new Binds());
  }

  async sum(plan: StatisticsPlan, wanted: readonly Measure[], signal?: AbortSignal): Promise<Selected<GroupSums>> {
    const facts = factsOf(wanted);
    // One statement gives each group once; the rows of several are put together.
    const isAlone = facts.length === 1;
    const groups = new Map<string | number, GroupSums>();
    for (const fact of facts) {
      const binds = new Binds();
      const own = wanted
        .filter((measure) => measures[measure] === fact)
        .map((measure) => ({ measure, column: columnName(measure) }));
      for (const row of await this.rows(sumSql(fact, plan, wanted, binds), binds, signal)) {
        const bucket = plan.buckets ? Number(row.bucket) : null;
        const group = plan.groupBy.map((_, index) => String(row[`g${index}`] ?? ''));
        const key = isAlone ? groups.size : JSON.stringify([bucket, ...group]);
        const found = groups.get(key) ?? { bucket, group, sums: noSums() };
        groups.set(key, found);
        for (const { measure, column } of own) {
          // Each measure is of one kind of facts, and a group has one row of each kind.
          found.sums[measure] = Number(row[column]);
        }
      }
    }
    return { rows: [...groups.values()], sql: this.sumSql(plan, wanted) };
  }

  /** The statements of `sum`. */
  sumSql(plan: StatisticsPlan, wanted: readonly Measure[]): string {
    return factsOf(wanted)
      .map((fact) => sumSql(fact, plan, wanted, new Binds()))
      .join(';\n');
  }

  async suggest(field: SuggestionField | 'customFields', filters: CdrFilters, signal?: AbortSignal): Promise<string[]> {
    const binds = new Binds();
    const fact = factOfValues(field);
    const label = customLabel(field);
    const value =
      field === 'customFields'
        ? 'unnest(json_keys(f.custom))'
        : label !== null
          ? customSql(label, binds)
          : `f.${columnName(field)}`;
    const rows = await this.rows(
      `SELECT value FROM (SELECT ${value} AS value FROM ${factTables[fact].table} f ` +
        `WHERE ${whereSql(fact, always, filters, binds)}) ` +
        "WHERE value <> '' GROUP BY value ORDER BY count(*) DESC, value LIMIT 1000",
      binds,
      signal
    );
    return rows.map((row) => String(row.value));
  }

  async countRecords(server: string, from: number, to: number, signal?: AbortSignal): Promise<number> {
    const binds = new Binds();
    const sql =
      `SELECT count(*) AS records FROM record WHERE server = ${binds.text(server)} ` +
      `AND start_time >= ${binds.integer(from)} AND start_time < ${binds.integer(to)}`;
    const [row] = await this.rows(sql, binds, signal);
    return Number(row!.records);
  }

  async importState(key: string): Promise<unknown> {
    const binds = new Binds();
    const sql = `SELECT ${importTable.columnsOf('f')} FROM ${importTable.name} f WHERE f.key = ${binds.text(key)}`;
    const [row] = await this.rows(sql, binds);
    return row && importTable.read(row).state;
  }

  async recordsOfLastCalls(calls: number, signal?: AbortSignal): Promise<CdrRecord[]> {
    const binds = new Binds();
    const last = `SELECT server, linked_id FROM call ORDER BY start_time DESC LIMIT ${binds.integer(calls)}`;
    const rows = await this.rows(
      `SELECT ${recordTable.columnsOf('f')} FROM record f SEMI JOIN (${last}) USING (server, linked_id)`,
      binds,
      signal
    );
    return rows.map((row) => recordTable.read(row));
  }

  async countRows(fact: RowFact, { from, to, filters }: ScanSelection, signal?: AbortSignal): Promise<number> {
    const binds = new Binds();
    const where = whereSql(fact, { from, to }, filters, binds);
    const [row] = await this.rows(
      `SELECT count(*) AS rows FROM ${factTables[fact].table} f WHERE ${where}`,
      binds,
      signal
    );
    return Number(row!.rows);
  }

  /** Cuts the rows of a selection into pages of `size` rows; none where there are no rows. */
  async markPages(fact: RowFact, selection: ScanSelection, size: number, signal?: AbortSignal): Promise<PageMark[]> {
    const binds = new Binds();
    const ordered =
      `SELECT f.start_time, f.rowid AS row_id, row_number() OVER (ORDER BY ${orderSql(selection)}) AS n, ` +
      `count(*) OVER () AS total FROM ${factTables[fact].table} f ` +
      `WHERE ${whereSql(fact, selection, selection.filters, binds)}`;
    const rows = await this.rows(
      `SELECT start_time, row_id, n FROM (${ordered}) WHERE n % ${binds.integer(size)} = 0 OR n = total ORDER BY n`,
      binds,
      signal
    );
    return rows.map((row) => ({ startTime: Number(row.start_time), rowId: Number(row.row_id), rows: Number(row.n) }));
  }

  /** Rows of a page that `markPages` cut, in the same transaction: row ids hold no longer. */
  async page<T extends object>(
    fact: RowFact,
    table: Table<T>,
    selection: ScanSelection,
    after: PageMark | undefined,
    last: PageMark,
    signal?: AbortSignal
  ): Promise<T[]> {
    const binds = new Binds();
    const isAscending = selection.sortOrder === 'asc';
    // The time alone comes first: by it DuckDB skips what is far from the page.
    const bound = (isLater: boolean, orItself: string, { startTime, rowId }: PageMark): string => {
      const sign = isLater === isAscending ? '>' : '<';
      const time = binds.integer(startTime);
      return `f.start_time ${sign}= ${time} AND (f.start_time <> ${time} OR f.rowid ${sign}${orItself} ${binds.integer(rowId)})`;
    };
    const conditions = [
      whereSql(fact, selection, selection.filters, binds),
      bound(false, '=', last),
      ...(after ? [bound(true, '', after)] : []),
    ];
    const rows = await this.rows(
      `SELECT ${table.jsonOf('f')} AS row FROM ${table.name} f WHERE ${conditions.join(' AND ')} ` +
        `ORDER BY ${orderSql(selection)}`,
      binds,
      signal
    );
    return rows.map(({ row }) => table.readJson(String(row)));
  }

  async customLabels(fact: RowFact, { from, to, filters }: ScanSelection, signal?: AbortSignal): Promise<string[]> {
    const binds = new Binds();
    const where = whereSql(fact, { from, to }, filters, binds);
    const rows = await this.rows(
      `SELECT DISTINCT unnest(json_keys(f.custom)) AS label FROM ${factTables[fact].table} f WHERE ${where} ORDER BY label`,
      binds,
      signal
    );
    return rows.map(({ label }) => String(label));
  }

  async counts(signal?: AbortSignal): Promise<StoreCounts> {
    const [row] = await this.rows(
      'SELECT (SELECT count(*) FROM record) AS records, (SELECT count(*) FROM call) AS calls, ' +
        'least((SELECT min(start_time) FROM call), (SELECT min(join_time) FROM queue_visit)) AS first_time, ' +
        'greatest((SELECT max(start_time) FROM record), (SELECT max(join_time) FROM queue_visit)) AS last_time',
      new Binds(),
      signal
    );
    const time = (value: unknown): number | null => (value === null ? null : Number(value));
    return {
      records: Number(row!.records),
      calls: Number(row!.calls),
      firstTime: time(row!.first_time),
      lastTime: time(row!.last_time),
    };
  }

  async gaps(from: number, to: number, signal?: AbortSignal): Promise<Gap[]> {
    const binds = new Binds();
    const sql =
      `SELECT ${gapTable.columnsOf('f')} FROM ${gapTable.name} f WHERE f.end_time > ${binds.integer(from)} ` +
      `AND f.start_time < ${binds.integer(to)} ORDER BY f.start_time, f.server`;
    return (await this.rows(sql, binds, signal)).map((row) => gapTable.read(row));
  }

  async restarts(from: number, to: number, signal?: AbortSignal): Promise<Restart[]> {
    const binds = new Binds();
    const sql =
      `SELECT ${restartTable.columnsOf('f')} FROM ${restartTable.name} f WHERE f.time >= ${binds.integer(from)} ` +
      `AND f.time < ${binds.integer(to)} ORDER BY f.time, f.server`;
    return (await this.rows(sql, binds, signal)).map((row) => restartTable.read(row));
  }

  async lastHeard(): Promise<Map<string, number>> {
    const rows = await this.rows(`SELECT ${heardTable.columnsOf('f')} FROM ${heardTable.name} f`, new Binds());
    return new Map(rows.map((row) => heardTable.read(row)).map(({ server, at }) => [server, at]));
  }

  private async select<T extends object>(
    fact: RowFact,
    table: Table<T>,
    selection: RowSelection,
    signal: AbortSignal | undefined
  ): Promise<Selected<T>> {
    const binds = new Binds();
    const sql = selectSql(fact, table, selection, binds);
    return { rows: (await this.rows(sql, binds, signal)).map((row) => table.read(row)), sql };
  }

  private async rows(sql: string, binds: Binds, signal?: AbortSignal): Promise<Array<Record<string, unknown>>> {
    return (await this.asker.runAndReadAll(sql, binds.values, signal)).getRowObjectsJS();
  }
}

function orderSql({ sortOrder }: ScanSelection): string {
  const order = sortOrder === 'asc' ? 'ASC' : 'DESC';
  return `f.start_time ${order}, f.rowid ${order}`;
}
