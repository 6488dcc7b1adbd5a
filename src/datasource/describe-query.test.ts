import type { SavedQuery } from '../query/model';
import { describeQuery } from './describe-query';

test.each<[Omit<SavedQuery, 'refId'>, string]>([
  [{ queryType: 'calls' }, 'Calls'],
  [{ queryType: 'statistics', metrics: ['answerRate'], interval: '1h' }, 'Answer rate, 1h'],
  [{ queryType: 'statistics', metrics: ['totalCalls', 'answerRate'] }, 'Total calls, Answer rate'],
  [
    { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['queue', 'hourOfDay'] },
    'Total calls by Queue, Hour of day',
  ],
  [
    { queryType: 'records', filters: { source: '49', queue: ['sales', 'support'], custom: { Tenant: ['acme'] } } },
    'Call records (Source: 49; Queue: sales, support; Tenant: acme)',
  ],
  [{ queryType: 'calls', filters: { queue: [], source: '', minDuration: 0 } }, 'Calls (Shortest duration: 0)'],
  [
    { queryType: 'calls', filters: { conditions: [{ field: 'queue', operator: '!=', values: ['sales'] }] } },
    'Calls (Queue != sales)',
  ],
])('%j reads "%s"', (query, text) => {
  expect(describeQuery({ refId: 'A', ...query })).toBe(text);
});
