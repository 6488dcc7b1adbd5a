import { toDataFrame } from '@grafana/data';
import { english } from '../sentences/english';
import { sentence } from '../sentences/sentence';
import { sayErrors } from './say-errors';

/** A language in which every text is its key and its values. */
jest.mock('@grafana/i18n', () => ({
  t: (key: string, _: string, values = {}) => `${key} ${JSON.stringify(values)}`,
}));

const text = [sentence('query.invalid'), sentence('input.more', { count: 2 })];
const said = 'sentences.query.invalid {} sentences.input.more {"count":2}';
const rows = toDataFrame({ refId: 'B', fields: [{ name: 'queue', values: ['sales'] }] });

test('the error of a query is said in the language of the user, and the frame that brings its sentences is no answer', () => {
  const error = { refId: 'A', message: english(text), status: 400 };
  const data = [
    toDataFrame({ refId: 'A', fields: [{ name: 'error', values: [] }], meta: { custom: { texts: [text] } } }),
    rows,
  ];
  expect(sayErrors({ data, error, errors: [error] })).toEqual({
    data: [rows],
    error: { ...error, message: said },
    errors: [{ ...error, message: said }],
  });
});

test('errors of others are shown in their own words, and answers without errors stay as they are', () => {
  const error = { refId: 'A', message: 'Bad gateway' };
  expect(sayErrors({ data: [rows], errors: [error] })).toEqual({ data: [rows], errors: [error] });
  const response = { data: [rows] };
  expect(sayErrors(response)).toBe(response);
});
