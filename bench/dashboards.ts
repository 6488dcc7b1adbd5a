import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { interpolateQuery } from '../src/datasource/prepare-query';
import type { PanelQuery } from '../src/datasource/panel-query';
import { answerQuery } from '../src/answers/answer-query';
import { parseQuery } from '../src/query/parse-query';
import { openDuckDbStore } from '../src/store/duckdb/open-duckdb-store';
import type { Store } from '../src/store/store';
import type { SuggestionField } from '../src/store/store';
import { defaultDerivation } from '../tests/support/cdr-builders';
import { answerSource } from './answer-source';
import { formatCount, formatMb, formatMs } from './format';
import { medianMilliseconds } from './median';
import { residentBytes } from './resident-bytes';
import type { BenchOptions, Result, Row } from './row';
import { year } from './year';
import { yearStore } from './year-store';

interface Dashboard {
  title: string;
  panels: Array<{ title: string; targets: PanelQuery[] }>;
  templating: { list: Array<{ name: string; type: string; query: { field: SuggestionField } }> };
  annotations: { list: Array<{ name: string; enable: boolean; builtIn?: number; target: PanelQuery }> };
}

/** Points that a panel as wide as a screen asks for. */
const points = 1_000;
const target = 1_000;

/** Every query of the dashboards that come with the plugin, one after the other, over a year, with all variables at All. */
export async function run({ folder, records = 10_000_000 }: BenchOptions): Promise<Result> {
  const store = await openDuckDbStore(await yearStore(folder, records), defaultDerivation);
  await store.add({ records: [], events: [] });
  const stored = formatCount((await store.counts()).records);
  const rows: Row[] = [];
  const notes: string[] = [];
  const dashboards = path.join(import.meta.dirname, '../src/dashboards');
  for (const file of readdirSync(dashboards)) {
    const dashboard = JSON.parse(readFileSync(path.join(dashboards, file), 'utf8')) as Dashboard;
    const times = await timesOf(dashboard, store);
    const sum = times.reduce((total, [, ms]) => total + ms, 0);
    rows.push({
      what: `dashboard ${dashboard.title}, a year of ${stored} records: ${times.length} queries`,
      ours: formatMs(sum),
      target: `under ${formatMs(target)}`,
      isMet: sum < target,
    });
    const slowest = times.sort(([, a], [, b]) => b - a).slice(0, 4);
    notes.push(`${dashboard.title}: ${slowest.map(([title, ms]) => `${title} ${formatMs(ms)}`).join(', ')}.`);
  }
  rows.push({ what: 'memory of that process after the dashboards', ours: formatMb(residentBytes(process.pid)) });
  await store.close();
  return { rows, notes: [`The slowest queries of each dashboard:\n${notes.join('\n')}`] };
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
        () => store.suggest(query.field, {}),
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
const textFields = new Set(['number', 'call']);
