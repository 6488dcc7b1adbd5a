import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parseQuery } from '../../src/query/parse-query';

interface Rule {
  title: string;
  noDataState: string;
  execErrState: string;
  condition: string;
  dashboardUid: string;
  panelId: number;
  annotations: Record<string, string>;
  data: Array<{ refId: string; datasourceUid: string; model: object }>;
}

interface Dashboard {
  uid: string;
  panels: Array<{ id: number }>;
}

const root = path.join(__dirname, '../..');
const yaml = (file: string): unknown => parse(readFileSync(path.join(root, 'provisioning', file), 'utf8'));
const { groups } = yaml('alerting/amiws-cdr.yaml') as { groups: Array<{ rules: Rule[] }> };
const { datasources } = yaml('datasources/amiws-cdr.yaml') as { datasources: Array<{ uid: string }> };
const dashboards = readdirSync(path.join(root, 'src/dashboards')).map(
  (file) => JSON.parse(readFileSync(path.join(root, 'src/dashboards', file), 'utf8')) as Dashboard
);

describe.each(groups.flatMap(({ rules }) => rules))('the rule "$title"', (rule) => {
  const queries = rule.data.filter(({ datasourceUid }) => datasourceUid !== '__expr__');

  test('asks the provisioned data source what can be answered, one number a row', () => {
    expect(queries.map(({ datasourceUid }) => datasourceUid)).toEqual(queries.map(() => datasources[0]!.uid));
    for (const { model } of queries) {
      const { queryType, format, metrics, columns } = parseQuery(model);
      expect(format).toBe('table');
      expect(queryType === 'servers' ? columns : metrics).toHaveLength(1);
    }
  });

  test('texts name labels and values that it has', () => {
    const labels = queries.flatMap(({ model }) => parseQuery(model).groupBy);
    const text = Object.values(rule.annotations).join();
    const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
    expect(
      named(/\$labels\.(\w+)/g).filter((name) => name !== 'server' && !labels.some((one) => one === name))
    ).toEqual([]);
    expect(rule.data.map(({ refId }) => refId)).toEqual(expect.arrayContaining(named(/\$values\.(\w+)/g)));
    expect(rule.data.map(({ refId }) => refId)).toContain(rule.condition);
  });

  test('leads to a panel of a dashboard that is shipped', () => {
    const dashboard = dashboards.find(({ uid }) => uid === rule.dashboardUid);
    expect(dashboard?.panels.map(({ id }) => id)).toContain(rule.panelId);
  });

  test('an outage is an error, never "all is well"', () => {
    expect(rule.execErrState).toBe('Error');
  });
});
