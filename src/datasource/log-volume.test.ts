import { FieldType, toDataFrame } from '@grafana/data';
import { parseQuery } from '../query/parse-query';
import { volumeFrames, volumeQuery } from './log-volume';

const filters = { queue: ['sales'] };

test('a log of calls has a histogram by their outcomes, one of records by their dispositions, with the same filters', () => {
  const calls = volumeQuery({ refId: 'A', format: 'logs', filters, limit: 5 })!;
  expect(parseQuery(calls)).toMatchObject({
    metrics: ['totalCalls'],
    groupBy: ['outcome'],
    format: 'timeseries',
    filters,
  });
  expect(calls.refId).toBe('log-volume-A');
  const records = volumeQuery({ refId: 'A', queryType: 'records', format: 'logs' })!;
  expect(parseQuery(records)).toMatchObject({ metrics: ['recordCount'], groupBy: ['disposition'] });
});

test.each([
  { refId: 'A', queryType: 'calls' as const },
  { refId: 'A', queryType: 'calls' as const, format: 'logs' as const, hide: true },
  { refId: 'A', queryType: 'statistics' as const, format: 'logs' as const },
])('%j has none', (query) => expect(volumeQuery(query)).toBeUndefined());

test('a level of the histogram is all outcomes of its severity together', () => {
  const count = (outcome: string, values: number[]) => ({
    name: 'totalCalls',
    type: FieldType.number,
    labels: { outcome },
    values,
  });
  const frame = toDataFrame({
    refId: 'log-volume-A',
    fields: [
      { name: 'time', type: FieldType.time, values: [0, 60_000] },
      count('answered', [3, 1]),
      count('missed', [1, 0]),
      count('abandoned', [2, 5]),
      count('failed', [0, 1]),
    ],
  });
  const levels = volumeFrames(frame).map(({ fields }) => [fields[1]!.labels, fields[1]!.values]);
  expect(levels).toEqual([
    [{ level: 'info' }, [3, 1]],
    [{ level: 'warning' }, [3, 5]],
    [{ level: 'error' }, [0, 1]],
  ]);
  const other = { ...frame, refId: 'A' };
  expect(volumeFrames(other)).toEqual([other]);
});
