import { chosenSuites, suites } from './suites';

const chosen = (...wanted: string[]): string[] => chosenSuites(wanted).map(({ name }) => name);

it('no word chooses all suites, and a word those whose names begin with it', () => {
  expect(chosenSuites([])).toEqual(suites);
  expect(chosen('lint', 'cases')).toEqual(['lint', 'cases']);
});

it('in a fresh clone, what a suite uses is made before it', () => {
  expect(chosen('unit')).toEqual(['install Grafana 13.1', 'unit (UTC)', 'unit (New York, Grafana 13.1)']);
  expect(chosen('browser')).toEqual(['install Grafana 13.1', 'build', 'browser', 'browser (Grafana 13.1)']);
  expect(chosen('packages')).toEqual(['package', 'packages']);
});

it('what is used stands before what uses it', () => {
  const place = (name: string): number => suites.findIndex((suite) => suite.name === name);
  const late = suites.filter(({ name, uses = [] }) => uses.some((one) => place(one) < 0 || place(one) > place(name)));
  expect(late).toEqual([]);
});
