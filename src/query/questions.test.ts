import type { SavedQuery } from './model';
import { parseQuery } from './parse-query';
import { questionById, questionOf, questions } from './questions';

test.each(questions)('the preset of "$label" is a query that can be answered', ({ preset }) => {
  expect(parseQuery(preset)).toMatchObject(preset);
});

test.each(questions)('a query made by picking "$label" is told as that question', ({ id, preset }) => {
  expect(questionOf(preset)).toBe(id);
});

test('filters, limits and the format leave the question as it is', () => {
  const query: Omit<SavedQuery, 'refId'> = {
    ...questionById('answerRate').preset,
    format: 'table',
    filters: { queue: ['sales'] },
    interval: '1h',
    live: true,
  };
  expect(questionOf(query)).toBe('answerRate');
});

test.each<[string, Omit<SavedQuery, 'refId'>]>([
  ['other groups', { queryType: 'statistics', metrics: ['answerRate'], groupBy: ['queue'] }],
  ['other figures', { queryType: 'statistics', metrics: ['answerRate', 'totalCalls'], groupBy: [] }],
  ['figures in another order', { queryType: 'statistics', metrics: ['answeredCalls', 'totalCalls'] }],
])('statistics with %s are custom', (_what, query) => {
  expect(questionOf(query)).toBe('custom');
});

test('a query without a type asks for calls', () => {
  expect(questionOf({})).toBe('calls');
});

test('a query without a type but with figures asks for statistics', () => {
  expect(questionOf({ metrics: ['answerRate'] })).toBe('answerRate');
});
