import { parseQuery } from '../query/parse-query';
import type { PanelQuery } from './panel-query';
import { interpolateQuery, resolveTimeZone, type Interpolate } from './prepare-query';

const variables: Record<string, string | string[]> = {
  queue: ['sales', 'support'],
  agent: '1001',
  site: ['east', 'west'],
  none: '',
  seconds: '60',
  all: '*',
  width: '15m',
  signs: ['$$', '$&', "$'"],
};

/** Grafana's replace: a function as format gets the value, a list for a variable with several. */
const interpolate: Interpolate = (text, format = (value) => [value].flat().join(',')) =>
  text.replace(/\$\{?(\w+)\}?/g, (found, name: string) => (name in variables ? format(variables[name]) : found));

const resolved = (timeZone: string | undefined, requestZone: string): string | undefined =>
  resolveTimeZone({ refId: 'A', timeZone }, { __timezone: { text: '', value: requestZone } }, interpolate).timeZone;

function interpolated(filters: PanelQuery['filters']): PanelQuery['filters'] {
  return interpolateQuery({ refId: 'A', filters }, interpolate).filters;
}

test('a variable with several values gives as many values of a list', () => {
  expect(interpolated({ queue: ['$queue', 'billing'] })).toEqual({ queue: ['sales', 'support', 'billing'] });
});

test('a variable inside a text gives one text a value, and two variables every pair', () => {
  expect(interpolated({ server: ['pbx-${site}'] })).toEqual({ server: ['pbx-east', 'pbx-west'] });
  expect(interpolated({ server: ['${site}-$queue'] })).toEqual({
    server: ['east-sales', 'east-support', 'west-sales', 'west-support'],
  });
});

test('a filter of seconds takes a variable, and one without a value or at All bounds nothing', () => {
  const parsed = (filters: PanelQuery['filters']) =>
    parseQuery({ queryType: 'calls', filters: interpolated(filters) }).filters;
  expect(parsed({ minWaitTime: '$seconds', maxTalkTime: 30 })).toEqual({ minWaitTime: 60, maxTalkTime: 30 });
  expect(parsed({ minWaitTime: '$none', maxTalkTime: '$all' })).toEqual({});
  expect(() => parsed({ minWaitTime: '$width' })).toThrow('"filters.minWaitTime" must be number, found "15m"');
});

test('every filter takes variables', () => {
  const lists = ['direction', 'disposition', 'outcome', 'queue', 'agent', 'accountCode', 'server', 'linkedId'];
  const filters = Object.fromEntries(lists.map((name) => [name, ['$agent']]));
  expect(
    interpolated({ ...filters, source: '+49 $agent', destination: '$agent', custom: { Tenant: ['$site'] } })
  ).toEqual({
    ...Object.fromEntries(lists.map((name) => [name, ['1001']])),
    source: ['+49 1001'],
    destination: ['1001'],
    custom: { Tenant: ['east', 'west'] },
  });
});

test('a variable without a value filters nothing', () => {
  expect(interpolated({ queue: ['$none'], source: '$none' })).toEqual({ queue: [], source: [] });
});

test('a variable at All with the custom all value * filters nothing, whatever stands beside it', () => {
  expect(interpolated({ queue: ['sales', '$all'], custom: { Tenant: ['$all'] } })).toEqual({
    queue: [],
    custom: { Tenant: [] },
  });
});

test('a number is looked for by each value of a variable, and at All there is no filter', () => {
  const parsed = (filters: PanelQuery['filters']) =>
    parseQuery({ queryType: 'calls', filters: interpolated(filters) }).filters;
  expect(parsed({ source: '$queue', destination: '+49 $site' })).toEqual({
    source: ['sales', 'support'],
    destination: ['+49 east', '+49 west'],
  });
  expect(parsed({ source: '$all', destination: '0${none}' })).toEqual({ source: [], destination: ['0'] });
});

test('a value is put in as it is, whatever signs it has', () => {
  expect(interpolated({ queue: ['$signs', 'vip-${signs}'], source: '$signs' })).toEqual({
    queue: ['$$', '$&', "$'", 'vip-$$', 'vip-$&', "vip-$'"],
    source: ['$$', '$&', "$'"],
  });
});

test('a value that two entries give stands once', () => {
  expect(interpolated({ queue: ['sales', '$queue'] })).toEqual({ queue: ['sales', 'support'] });
});

test('an unknown variable stays as it was written', () => {
  expect(interpolated({ queue: ['$nobody'] })).toEqual({ queue: ['$nobody'] });
});

test('the interval and the legend take a variable; a query without filters gets none', () => {
  expect(interpolateQuery({ refId: 'A', interval: '$width', legend: '{{queue}} of $agent' }, interpolate)).toEqual({
    refId: 'A',
    interval: '15m',
    legend: '{{queue}} of 1001',
  });
});

test('the query that was given stays as it is', () => {
  const query: PanelQuery = { refId: 'A', filters: { queue: ['$queue'], custom: { Tenant: ['$site'] } } };
  const before = structuredClone(query);
  interpolateQuery(query, interpolate);
  expect(query).toEqual(before);
});

test.each([
  ['utc', 'UTC'],
  ['Europe/Paris', 'Europe/Paris'],
  ['browser', Intl.DateTimeFormat().resolvedOptions().timeZone],
  ['', Intl.DateTimeFormat().resolvedOptions().timeZone],
])('the zone dashboard becomes that of a request in "%s"', (requestZone, zone) => {
  expect(resolved('dashboard', requestZone)).toBe(zone);
});

test.each(['pbx', 'Asia/Tokyo', undefined])('the zone %s stays, whatever the zone of the request', (timeZone) => {
  expect(resolved(timeZone, 'Europe/Paris')).toBe(timeZone);
});

test('an alert rule, whose query reaches the server part as saved, counts in the zone of the PBX', () => {
  expect(parseQuery({ queryType: 'statistics', timeZone: 'dashboard' }).timeZone).toBe('pbx');
});
