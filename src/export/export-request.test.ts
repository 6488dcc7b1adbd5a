import { exportParameters, parseExportRequest, parseSelection, selectionParameters } from './export-request';

const selection = {
  query: { queryType: 'calls' as const, filters: { queue: ['support'] }, sortOrder: 'asc' as const, limit: 10 },
  from: 1_000,
  to: 2_000,
  intervalMs: 60_000,
};
const layout = {
  format: 'json' as const,
  fields: ['startTime', 'custom.Name, first'],
  dateFormat: 'day-first' as const,
  timeZone: 'Europe/Berlin',
  header: false,
};
const id = '0b9d2f10-1111';

const changed = (change: (parameters: URLSearchParams) => void): URLSearchParams => {
  const parameters = exportParameters(selection, layout, id);
  change(parameters);
  return parameters;
};

test('a request is read as it was written, without the limit of its query', () => {
  const { query, ...rest } = parseExportRequest(exportParameters(selection, layout, id));
  expect(rest).toEqual({ ...layout, id, from: 1_000, to: 2_000, intervalMs: 60_000 });
  expect(query).toMatchObject({ queryType: 'calls', filters: { queue: ['support'] }, sortOrder: 'asc', offset: 0 });
  expect(query.limit).toBe(100_000);
  expect(parseSelection(new URLSearchParams(selectionParameters(selection)))).toEqual({
    query,
    from: 1_000,
    to: 2_000,
    intervalMs: 60_000,
  });
});

test('the time buckets of a file are those of its panel, or some thousand', () => {
  const withoutPanel = { ...selection, intervalMs: undefined };
  expect(parseSelection(new URLSearchParams(selectionParameters(withoutPanel))).intervalMs).toBe(1);
  const day = selectionParameters({ ...withoutPanel, to: 86_401_000 });
  expect(parseSelection(new URLSearchParams(day)).intervalMs).toBe(86_400);
});

test('any question is read whole', () => {
  const query = {
    queryType: 'statistics' as const,
    metrics: ['totalCalls' as const],
    groupBy: ['queue' as const],
    top: 5,
  };
  const parameters = new URLSearchParams(selectionParameters({ ...selection, query }));
  expect(parseSelection(parameters).query).toMatchObject(query);
});

test('all but the selection and the id has a default', () => {
  const parameters = new URLSearchParams({ ...selectionParameters(selection), id });
  expect(parseExportRequest(parameters)).toMatchObject({
    format: 'csv',
    fields: [],
    dateFormat: 'iso',
    timeZone: 'pbx',
    header: true,
  });
});

test.each<[string, (parameters: URLSearchParams) => void, string]>([
  ['an unknown parameter', (p) => p.set('limt', '1'), 'There is no field "limt"'],
  ['an unknown format', (p) => p.set('format', 'xlsx'), '"format" must be ("csv" | "json"), found "xlsx"'],
  ['an unknown date format', (p) => p.set('dateFormat', 'us'), '"dateFormat" must be'],
  ['an unknown zone', (p) => p.set('timeZone', 'Berlin'), 'Expected pbx or an IANA time zone'],
  ['a time that is no number', (p) => p.set('from', 'now-1h'), 'Expected epoch milliseconds'],
  [
    'a range to the year 9999',
    (p) => p.set('to', '253402214400000'),
    '"to" of the time range is 9999-12-31, but 2100-01-01',
  ],
  ['a time that has no end', (p) => p.set('to', '9'.repeat(400)), 'found Infinity'],
  ['a reversed range', (p) => p.set('from', '3000'), 'The time range is reversed'],
  ['a missing end', (p) => p.delete('to'), '"to"'],
  ['a query that is no JSON', (p) => p.set('query', 'calls'), '"query" must be JSON such as {"queryType":"calls"}'],
  ['a query of no known type', (p) => p.set('query', '{"queryType":"weather"}'), 'queryType'],
  ['a width of buckets that is no number', (p) => p.set('intervalMs', '1m'), 'Expected milliseconds'],
  ['a column that is named twice', (p) => p.append('field', 'startTime'), '"field": It has a column twice'],
  [
    'more columns than a file may have',
    (p) => Array.from({ length: 60_000 }, (_, n) => p.append('field', `custom.${n}`)),
    '"field": At most 500 columns are allowed',
  ],
  [
    'an unknown filter',
    (p) => p.set('query', '{"queryType":"calls","filters":{"que":["a"]}}'),
    'Only other versions know the filters que',
  ],
])('%s is told', (_, change, message) => {
  expect(() => parseExportRequest(changed(change))).toThrow(message);
});

test('counting rows takes the same ranges as exporting them', () => {
  const parameters = new URLSearchParams({ ...selectionParameters(selection), to: '253402214400000' });
  expect(() => parseSelection(parameters)).toThrow('"to" of the time range is 9999-12-31, but 2100-01-01');
});
