import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { answerQuery } from '../src/answers/answer-query';
import { suggest } from '../src/answers/suggest';
import { noDirectory } from '../src/cdr/directory';
import type { PanelQuery } from '../src/datasource/panel-query';
import { interpolateQuery } from '../src/datasource/prepare-query';
import { parseQuery } from '../src/query/parse-query';
import type { SuggestedField } from '../src/query/variable-query';
import type { Store } from '../src/store/store';
import { answerSource } from '../tests/support/answer-source';
import { medianMilliseconds } from './median';
import { residentBytes } from './resident-bytes';
import { openAt, type StorePlace } from './store-place';
import { year } from './year';

interface Dashboard {
  title: string;
  panels: Array<{ title: string; targets: PanelQuery[] }>;
  templating: { list: Array<{ name: string; type: string; query: { field: SuggestedField } }> };
  annotations: { list: Array<{ name: string; enable: boolean; builtIn?: number; target: PanelQuery }> };
}

/** Points that a panel as wide as a screen asks for. */
const points = 1_000;

export interface AskedDashboards {
  records: number;
  dashboards: Array<{ title: string; times: Array<[title: string, ms: number]> }>;
  /** Bytes that the process holds after all of them. */
  memory: number;
}

/** Asks a store every query of the dashboards that come with the plugin, one after the other. */
export async function run(place: StorePlace): Promise<AskedDashboards> {
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

/** Median milliseconds of each query, its panel's title before it: panels, annotations, and the values of variables. */
async function timesOf(dashboard: Dashboard, store: Store): Promise<Array<[title: string, ms: number]>> {
  const source = answerSource(store);
  const range = { ...year, intervalMs: (year.to - year.from) / points };
  const annotations = dashboard.annotations.list.filter(({ enable, builtIn }) => enable && !builtIn);
  const asked: Array<[title: string, ask: () => Promise<unknown>]> = [
    ...dashboard.templating.list
      .filter(({ type }) => type === 'query')
      .map(({ name, query }): [string, () => Promise<unknown>] => [
        `values of ${name}`,
        () => suggest(query.field, {}, noDirectory, null, (field, filters) => store.suggest(field, filters)),
      ]),
    ...[
      ...dashboard.panels.flatMap(({ title, targets }) => targets.map((one): [string, PanelQuery] => [title, one])),
      ...annotations.map(({ name, target }): [string, PanelQuery] => [name, target]),
    ].map(([title, query]): [string, () => Promise<unknown>] => [
      title,
      () => answerQuery(source, parseQuery(atAll(query)), range),
    ]),
  ];
  const times: Array<[title: string, ms: number]> = [];
  for (const [title, ask] of asked) {
    times.push([title, await medianMilliseconds(ask)]);
  }
  return times;
}

/** The query with every variable at All, and nothing in text fields. */
function atAll(query: PanelQuery): PanelQuery {
  return interpolateQuery(query, (text, format = String) =>
    text.replace(/\$\{?(\w+)\}?/g, (_, name: string) => format(textFields.has(name) ? '' : '*'))
  );
}
const textFields = new Set(['number', 'call', 'wait', 'talk']);
