import { dateTime, VariableRefresh, type DataQueryRequest, type ScopedVars, type TimeRange } from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import type { CdrDataSource } from '../../datasource/data-source';
import type { VariableQuery } from '../../query/variable-query';
import { CdrVariableSupport } from './cdr-variable-support';

const range = { from: dateTime(1_000), to: dateTime(2_000) } as TimeRange;
const suggest = jest.fn(async () => [{ value: 'sales', text: 'Sales desk (sales)' }]);

async function valuesOf(scopedVars: ScopedVars) {
  suggest.mockClear();
  const targets: VariableQuery[] = [{ refId: 'A', field: 'agent', filters: { queue: ['$queue'] } }];
  const request = { targets, scopedVars, range } as DataQueryRequest<VariableQuery>;
  const { data } = await lastValueFrom(new CdrVariableSupport({ suggest } as unknown as CdrDataSource).query(request));
  expect((data[0] as { fields: Array<{ values: string[] }> }).fields.map(({ values }) => values[0])).toEqual([
    'Sales desk (sales)',
    'sales',
  ]);
  return suggest.mock.calls[0];
}

/** As @grafana/scenes wraps a variable. */
const refreshed = (refresh: VariableRefresh): ScopedVars => ({
  __sceneObject: { text: '', value: { valueOf: () => ({ state: { refresh } }) } },
});

test('a variable that is refreshed on time range change has the values of the time range', async () => {
  const scopedVars = refreshed(VariableRefresh.onTimeRangeChanged);
  expect(await valuesOf(scopedVars)).toEqual(['agent', { queue: ['$queue'] }, scopedVars, range]);
});

/** What another version of @grafana/scenes may hand over. */
const others = [undefined, null, 'variable', {}, { state: null }].map((value): ScopedVars => ({
  __sceneObject: { text: '', value },
}));

test.each([refreshed(VariableRefresh.onDashboardLoad), {}, ...others])(
  'one that is not would keep those of a range that has gone: it has the values of all calls',
  async (scopedVars) => {
    expect(await valuesOf(scopedVars)).toEqual(['agent', { queue: ['$queue'] }, scopedVars, undefined]);
  }
);
