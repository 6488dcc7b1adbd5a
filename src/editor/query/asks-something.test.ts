import { questions } from '../../query/questions';
import { asksSomething } from './asks-something';

test.each(questions.filter(({ id }) => id !== 'journey'))(
  'the question $id asks something as soon as it is picked',
  ({ preset }) => {
    expect(asksSomething(preset)).toBe(true);
  }
);

test('a journey asks something once a call is named, statistics once a figure is', () => {
  expect(asksSomething({ queryType: 'journey' })).toBe(false);
  expect(asksSomething({ queryType: 'journey', filters: { linkedId: [] } })).toBe(false);
  expect(asksSomething({ queryType: 'journey', filters: { linkedId: ['$call'] } })).toBe(true);
  expect(asksSomething({ queryType: 'statistics', metrics: [] })).toBe(false);
});
