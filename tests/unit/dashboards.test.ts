import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pluginJson from '../../plugin.json';
import { metrics as figures, type MetricId } from '../../src/cdr/metrics';
import { measures } from '../../src/cdr/measures';
import { interpolateQuery } from '../../src/datasource/prepare-query';
import type { QueryType } from '../../src/query/model';
import { parseQuery } from '../../src/query/parse-query';
import { suggestedFields } from '../../src/query/variable-query';

interface Target {
  refId: string;
  queryType?: QueryType;
  metrics?: MetricId[];
  datasource?: { uid: string };
  filters?: object;
}

interface Panel {
  id: number;
  type: string;
  title: string;
  datasource: { uid: string };
  targets: Target[];
  fieldConfig: {
    defaults: {
      unit?: string;
      noValue?: string;
      custom?: { drawStyle?: string; lineWidth?: number };
      thresholds: { steps: Array<{ color: string }> };
      mappings?: Array<{ options: { match?: string; result?: { color: string } } }>;
    };
  };
  options: { reduceOptions?: { values?: boolean } };
}

interface Variable {
  type: string;
  name: string;
  label: string;
  query: { field: string; filters?: object };
  datasource?: { uid: string };
  includeAll?: boolean;
  allValue?: string;
}

interface Dashboard {
  uid: string;
  title: string;
  id?: number;
  panels: Panel[];
  templating: { list: Variable[] };
  annotations: { list: Array<{ builtIn?: number; datasource: { uid: string }; target: Target }> };
}

const folder = path.join(__dirname, '../../src/dashboards');
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(path.join(folder, file), 'utf8');
const dashboardOf = (file: string) => JSON.parse(textOf(file)) as Dashboard;
const dataSource = '${datasource}';

/** Which calls count in these is told by their numbers, also where a PBX shows no direction. */
const isOfCallers = (id: MetricId): boolean =>
  figures[id].measures.some((measure) => ['lostCaller', 'contact'].includes(measures[measure]));

/** The query with every variable at All. */
function parsed(target: Target) {
  return parseQuery(
    interpolateQuery(target, (text, format = String) => text.replace(/\$\{?\w+\}?/g, () => format('*')))
  );
}

test('plugin.json names every dashboard, and its title', () => {
  const included = pluginJson.includes.map(({ path: file, name }) => [path.basename(file), name]);
  expect(included.sort()).toEqual(files.map((file) => [file, dashboardOf(file).title]).sort());
});

describe.each(files)('%s', (file) => {
  const dashboard = dashboardOf(file);
  const variables = dashboard.templating.list;

  test('every query can be answered', () => {
    dashboard.panels.flatMap(({ targets }) => targets).forEach((target) => expect(() => parsed(target)).not.toThrow());
  });

  test('every annotation can be answered', () => {
    const own = dashboard.annotations.list.filter(({ builtIn }) => !builtIn);
    expect(own.map(({ target }) => parsed(target).queryType)).toEqual(own.map(() => 'annotations'));
  });

  test('every variable asks for a field that has values, of calls that can be told', () => {
    const queries = variables.filter(({ type }) => type === 'query');
    for (const { query } of queries) {
      expect(suggestedFields).toContain(query.field);
      expect(() => parsed({ refId: 'A', filters: query.filters })).not.toThrow();
    }
    // Grafana would else put every value in for All, and leave out calls without a queue.
    expect(queries.map(({ includeAll, allValue }) => [includeAll, allValue])).toEqual(queries.map(() => [true, '*']));
  });

  test('every variable that is used exists', () => {
    const used = [...textOf(file).matchAll(/\$(?:\{(\w+)[^}]*\}|(\w+))/g)].map(([, braced, bare]) => braced ?? bare!);
    const known = variables.map(({ name }) => name);
    expect([...new Set(used)].filter((name) => !name.startsWith('__') && !known.includes(name))).toEqual([]);
  });

  test('the data source is that of the variable, everywhere', () => {
    expect(variables[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: pluginJson.id });
    const named = [
      ...dashboard.panels.flatMap(({ datasource, targets }) => [datasource, ...targets.map((one) => one.datasource)]),
      ...variables.filter(({ type }) => type === 'query').map(({ datasource }) => datasource),
      ...dashboard.annotations.list.filter(({ builtIn }) => !builtIn).map(({ datasource }) => datasource),
    ];
    expect(named.map((one) => one?.uid)).toEqual(named.map(() => dataSource));
  });

  test('every panel has a title, and those that draw numbers have a unit', () => {
    for (const { type, title, fieldConfig } of dashboard.panels) {
      expect(title).not.toBe('');
      expect(type === 'table' || fieldConfig.defaults.unit !== undefined).toBe(true);
    }
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('bars of nothing draw no line, and a pie has a slice for each row', () => {
    const bars = dashboard.panels.filter(
      ({ type, fieldConfig }) => type === 'barchart' || fieldConfig.defaults.custom?.drawStyle === 'bars'
    );
    expect(bars.map(({ fieldConfig }) => fieldConfig.defaults.custom?.lineWidth)).toEqual(bars.map(() => 0));
    const pies = dashboard.panels.filter(({ type }) => type === 'piechart');
    expect(pies.map(({ options }) => options.reduceOptions?.values)).toEqual(pies.map(() => true));
  });

  test('the title of every panel fits a phone', () => {
    const widest = dashboard.panels.map(({ title }) => title).filter((title) => title.length > 36);
    expect(widest).toEqual([]);
  });

  test('a table of one call says what to select while there is none', () => {
    const ofCall = dashboard.panels.filter(({ targets }) => JSON.stringify(targets).includes('"$call"'));
    expect(ofCall.map(({ fieldConfig }) => fieldConfig.defaults.noValue)).toEqual(
      ofCall.map(() => 'Select the start time of a call above, or enter a call ID.')
    );
  });

  test('a rate that is not known is not red', () => {
    const rates = dashboard.panels.filter(
      ({ type, fieldConfig: { defaults } }) =>
        type === 'stat' && defaults.unit === 'percent' && defaults.thresholds.steps[0]!.color === 'red'
    );
    const unknown = { match: 'null', result: { text: '–', color: 'text', index: 0 } };
    expect(rates.map(({ fieldConfig }) => fieldConfig.defaults.mappings?.[0]?.options)).toEqual(
      rates.map(() => unknown)
    );
  });

  test('lists and figures of callers from outside are of the same calls', () => {
    const { panels } = dashboardOf(file);
    const ofCallers = panels.filter(({ targets }) =>
      targets.some(({ queryType, metrics }) => /Callers$/.test(queryType ?? '') || metrics?.some(isOfCallers))
    );
    expect(ofCallers.filter(({ targets }) => JSON.stringify(targets).includes('"direction"'))).toEqual([]);
  });

  test('a table of annotations lists all kinds that the dashboard marks', () => {
    const kindsOf = (targets: readonly Target[]) =>
      targets
        .map(parsed)
        .flatMap(({ queryType, annotationKinds }) => (queryType === 'annotations' ? annotationKinds : []));
    const marked = kindsOf(dashboard.annotations.list.filter(({ builtIn }) => !builtIn).map(({ target }) => target));
    const listed = dashboard.panels.map(({ targets }) => kindsOf(targets)).filter(({ length }) => length > 0);
    expect(listed.map((kinds) => marked.filter((kind) => !kinds.includes(kind)))).toEqual(listed.map(() => []));
  });

  test('it carries no id of the Grafana that it was made in', () => {
    expect(dashboard.uid).toMatch(/^amiws-cdr-/);
    expect(dashboard.id).toBeUndefined();
  });
});

test('bookmarks stay: the dashboards keep their uids when titles change', () => {
  const uids = pluginJson.includes.map(({ path: file }) => dashboardOf(path.basename(file)).uid);
  expect(uids).toEqual(
    ['today', 'queues', 'agent', 'search', 'waits', 'numbers', 'lost-callers', 'health'].map(
      (name) => `amiws-cdr-${name}`
    )
  );
});
