import { FieldType, toDataFrame } from '@grafana/data';
import type { PanelQuery } from './panel-query';
import { hasFilter, toggleFilter } from './toggle-filter';

const query: PanelQuery = { refId: 'A', format: 'logs', filters: { server: ['pbx'] } };
const sales = { key: 'queue', value: 'sales' };
const toggle = (type: 'FILTER_FOR' | 'FILTER_OUT', options = sales, to = query) => toggleFilter(to, { type, options });

test('a filter for a value is added, and taken away again', () => {
  const filtered = toggle('FILTER_FOR');
  expect(filtered.filters).toEqual({
    server: ['pbx'],
    conditions: [{ field: 'queue', operator: '=', values: ['sales'] }],
  });
  expect([hasFilter(query, sales), hasFilter(filtered, sales)]).toEqual([false, true]);
  expect(toggle('FILTER_FOR', sales, filtered).filters).toEqual({ server: ['pbx'], conditions: [] });
});

test('a filter out replaces the one for the same value, and leaves the others', () => {
  const both = toggle('FILTER_FOR', { key: 'agent', value: '1001' }, toggle('FILTER_FOR'));
  const { conditions } = toggle('FILTER_OUT', sales, both).filters!;
  expect(conditions).toEqual([
    { field: 'agent', operator: '=', values: ['1001'] },
    { field: 'queue', operator: '!=', values: ['sales'] },
  ]);
});

test('the name of an agent filters by the id that its line has', () => {
  const labels = { agent: '1001', agentName: 'Ada Byron' };
  const frame = toDataFrame({ fields: [{ name: 'labels', type: FieldType.other, values: [{}, labels] }] });
  const filtered = toggleFilter(query, {
    type: 'FILTER_FOR',
    options: { key: 'agentName', value: 'Ada Byron' },
    frame,
  });
  expect(filtered.filters!.conditions).toEqual([{ field: 'agent', operator: '=', values: ['1001'] }]);
});

test('what calls can’t be filtered by leaves the query as it is', () => {
  expect(toggle('FILTER_FOR', { key: 'uniqueId', value: '1.1' })).toBe(query);
  expect(hasFilter(query, { key: 'uniqueId', value: '1.1' })).toBe(false);
});
