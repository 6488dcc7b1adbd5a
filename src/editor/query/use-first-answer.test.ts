import { CoreApp, LoadingState, getDefaultTimeRange, type DataQueryRequest } from '@grafana/data';
import type { DataSourceRef } from '@grafana/schema';
import { renderHook } from '@testing-library/react';
import type { CdrDataSource } from '../../datasource/data-source';
import type { PanelQuery } from '../../datasource/panel-query';
import { useFirstAnswer } from './use-first-answer';

const random = { type: 'grafana', uid: 'grafana' };
const other = { type: 'amiws-cdr-datasource', uid: 'cdr2' };
const ours = { type: 'amiws-cdr-datasource', uid: 'cdr1' };

/** How often an editor asks that appears where the panel shows the answers of data sources, and then is drawn again. */
function timesAsked(shown: DataSourceRef[] | null, app = CoreApp.PanelEditor): number {
  const onRunQuery = jest.fn();
  const targets = (shown ?? []).map((datasource, index) => ({ refId: String(index), datasource }));
  const request = { targets } as unknown as DataQueryRequest<PanelQuery>;
  const data = { state: LoadingState.Done, series: [], timeRange: getDefaultTimeRange(), ...(shown && { request }) };
  const { rerender } = renderHook(() =>
    useFirstAnswer({
      app,
      data,
      datasource: { uid: 'cdr1' } as CdrDataSource,
      query: { refId: 'A' },
      onChange: jest.fn(),
      onRunQuery,
    })
  );
  rerender();
  return onRunQuery.mock.calls.length;
}

test.each([
  ['another kind of data source', [random]],
  ['another data source of calls', [other]],
])('an editor asks once in a panel that shows the answer of %s', (_, shown) => {
  expect(timesAsked(shown)).toBe(1);
});

test.each([
  ['shows nothing yet', null],
  ['has no query', []],
  ['shows the answer of its data source', [ours]],
  ['shows that among others', [random, ours]],
])('an editor asks nothing in a panel that %s', (_, shown) => {
  expect(timesAsked(shown)).toBe(0);
});

test('an editor asks nothing in Explore, nor in an alert rule, where you run queries yourself', () => {
  expect([CoreApp.Explore, CoreApp.UnifiedAlerting].map((app) => timesAsked([random], app))).toEqual([0, 0]);
});
