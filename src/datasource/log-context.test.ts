import { LogRowContextQueryDirection } from '@grafana/data';
import { contextQuery, contextRange } from './log-context';

const row = { labels: { server: 'pbx-east', queue: 'sales' }, timeEpochMs: 10_000_000 };
const { Backward, Forward } = LogRowContextQueryDirection;
const asked = { refId: 'B', queryType: 'records' as const, format: 'logs' as const, filters: { queue: ['sales'] } };

test('the context of a line is what its PBX had before and after, whatever the query filters by', () => {
  expect(contextQuery(row, { direction: Backward, limit: 7 }, asked)).toMatchObject({
    queryType: 'records',
    format: 'logs',
    limit: 7,
    sortOrder: 'desc',
    filters: { server: ['pbx-east'] },
  });
  expect(contextQuery(row, { direction: Forward }, undefined)).toMatchObject({ queryType: 'calls', sortOrder: 'asc' });
});

test('it reaches from the line as far as Grafana asks for, with those of its own instant', () => {
  const span = (direction: LogRowContextQueryDirection) => {
    const { from, to } = contextRange(row, { direction, timeWindowMs: 60_000 });
    return [from.valueOf() - row.timeEpochMs, to.valueOf() - row.timeEpochMs];
  };
  expect([span(Backward), span(Forward)]).toEqual([
    [-60_000, 1],
    [0, 60_000],
  ]);
});
