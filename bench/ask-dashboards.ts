import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { TimeRange } from '../src/answers/answer';
import { answerQuery } from '../src/answers/answer-query';
import { suggest } from '../src/answers/suggest';
import { noDirectory } from '../src/cdr/directory';
import type { PanelQuery } from '../src/datasource/panel-query';
import { interpolateQuery } from '../src/datasource/prepare-query';
import { InvalidQueryError } from '../src/query/invalid-query-error';
import { parseQuery } from '../src/query/parse-query';
import type { SuggestedField } from '../src/query/variable-query';
import type { Store } from '../src/store/store';
import { answerSource } from '../tests/support/answer-source';
import { engineMilliseconds, timeEngine } from './engine-time';
import { medianMilliseconds, quantile } from './median';
import { residentBytes } from './resident-bytes';
import { openAt, type StorePlace } from './store-place';
import { day, year } from './year';

interface Dashboard {
  title: string;
  panels: Array<{ title: string; targets: PanelQuery[]; timeFrom?: string }>;
  templating: { list: Array<{ name: string; type: string; query: { field: SuggestedField } }> };
  annotations: { list: Array<{ name: string; enable: boolean; builtIn?: number; target: PanelQuery }> };
}

/** What panels show, whatever the dashboard's time range is. Milliseconds. */
const ownSpans = { 'now/d': day, '30d': 30 * day, '1y': 365 * day };

/** Points that a panel as wide as a screen asks for. */
const points = 1_000;

export interface AskedQuery {
  /** Of its panel, annotation or variable. */
  title: string;
  /** Median milliseconds, those of DuckDB's own work on its statements apart. */
  ms: number;
  engineMs: number;
  /** Whether the year is too long for it: the time until it is refused. */
  isRefused: boolean;
}

export interface AskedDashboards {
  records: number;
  dashboards: Array<{ title: string; times: AskedQuery[] }>;
  /** Bytes that the process holds after all of them. */
  memory: number;
}

/** Asks a store every query of the dashboards that come with the plugin, one after the other. */
export async function run(place: StorePlace): Promise<AskedDashboards> {
  timeEngine();
  const store = await openAt(place);
  const { records } = await store.counts();
  const folder = path.join(import.meta.dirname, '../src/dashboards');
  const dashboards: AskedDashboards['dashboards'] = [];
  for (const file of readdirSync(folder)) {
    const dashboard = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Dashboard;
    dashboards.push({ title: dashboard.title, times: await timesOf(dashboard, store) });
  }
  const memory = residentBytes(process.pid);
  await store.close();
  return { records, dashboards, memory };
}

/** Each query of a dashboard: of panels, of annotations, and for the values of variables. */
async function timesOf(dashboard: Dashboard, store: Store): Promise<AskedQuery[]> {
  const source = answerSource(store);
  const annotations = dashboard.annotations.list.filter(({ enable, builtIn }) => enable && !builtIn);
  const asked: Array<[title: string, ask: () => Promise<unknown>]> = [
    ...dashboard.templating.list
      .filter(({ type }) => type === 'query')
      .map(({ name, query }): [string, () => Promise<unknown>] => [
        `values of ${name}`,
        () => suggest(query.field, {}, noDirectory, null, (field, filters) => store.suggest(field, filters)),
      ]),
    ...[
      ...dashboard.panels,
      ...annotations.map(({ name, target }) => ({ title: name, targets: [target], timeFrom: undefined })),
    ].flatMap(({ title, targets, timeFrom = '1y' }) =>
      targets.map((query): [string, () => Promise<unknown>] => [
        title,
        () => answerQuery(source, parseQuery(atAll(query)), lastOfYear(timeFrom)),
      ])
    ),
  ];
  const times: AskedQuery[] = [];
  for (const [title, ask] of asked) {
    const engine: number[] = [];
    let isRefused = false;
    const ms = await medianMilliseconds(async () => {
      const before = engineMilliseconds();
      isRefused = await ask().then(() => false, isRefusal);
      engine.push(engineMilliseconds() - before);
    });
    times.push({ title, ms, engineMs: quantile(engine, 0.5), isRefused });
  }
  return times;
}

function lastOfYear(timeFrom: string): TimeRange {
  const span = ownSpans[timeFrom as keyof typeof ownSpans];
  return { from: year.to - span, to: year.to, intervalMs: span / points };
}

function isRefusal(error: unknown): true {
  if (error instanceof InvalidQueryError) {
    return true;
  }
  throw error;
}

/** The query with every variable at All, and nothing in text fields. */
function atAll(query: PanelQuery): PanelQuery {
  return interpolateQuery(query, (text, format = String) =>
    text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => format(textFields.has(name) ? '' : '*'))
  );
}
const textFields = new Set(['number', 'call', 'wait', 'talk']);
