import { seriesField } from './series-field';

const groups = [
  { label: 'queue', text: 'sales', named: 'Sales desk (sales)', origin: 'system' as const },
  { label: 'agent', text: '', origin: 'free' as const },
];
const name = (legend: string, isOfOne = true) =>
  seriesField({
    name: 'answerRate',
    type: 'number',
    series: { figure: 'Answer rate', legend, isOfOne, groups },
    config: { displayNameFromDS: '' },
    values: [],
  }).config.displayNameFromDS;

test.each([
  ['', true, 'Sales desk (sales) (none)'],
  ['', false, 'Answer rate Sales desk (sales) (none)'],
  ['{{queue}}: {{ figure }}', true, 'Sales desk (sales): Answer rate'],
  ['{{agent}} of {{mood}}', true, '(none) of mood'],
  ['Rate', false, 'Rate'],
])('the legend "%s" names a series', (legend, isOfOne, expected) => {
  expect(name(legend, isOfOne)).toBe(expected);
});

test('a legend leaves the labels, which alerts go by', () => {
  const field = seriesField({
    name: 'x',
    type: 'number',
    series: { figure: 'X', legend: 'Rate', isOfOne: true, groups },
    config: { displayNameFromDS: '' },
    values: [],
  });
  expect(field.labels).toEqual({ queue: 'sales', agent: '' });
});
