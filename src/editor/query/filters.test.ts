import type { SavedFilters } from '../../query/model';
import { filterNames, filtersInUse, filterTitle, withFilter } from './filters';

const filters: SavedFilters = {
  source: '49',
  queue: ['sales'],
  minDuration: 0,
  custom: { Tenant: ['acme'], Site: [] },
};

test('filters in use are those that have something to let through', () => {
  expect(filtersInUse({ ...filters, agent: [], destination: '' })).toEqual([
    'source',
    'queue',
    'minDuration',
    'custom.Tenant',
  ]);
});

test('a bound of seconds that is a variable is in use', () => {
  expect(filtersInUse({ minWaitTime: '$wait', maxWaitTime: '' })).toEqual(['minWaitTime']);
});

test('a list that a person saved as one value is in use', () => {
  expect(filtersInUse(JSON.parse('{"queue":"sales"}') as SavedFilters)).toEqual(['queue']);
});

test.each<[Parameters<typeof withFilter>[1], Parameters<typeof withFilter>[2], SavedFilters]>([
  ['agent', ['1001'], { ...filters, agent: ['1001'] }],
  ['queue', [], { source: '49', minDuration: 0, custom: filters.custom! }],
  ['source', '', { queue: ['sales'], minDuration: 0, custom: filters.custom! }],
  ['minDuration', undefined, { source: '49', queue: ['sales'], custom: filters.custom! }],
  ['custom.Site', ['x'], { ...filters, custom: { Tenant: ['acme'], Site: ['x'] } }],
])('%s set to %j', (name, value, expected) => {
  expect(withFilter(filters, name, value)).toEqual(expected);
});

test('the last custom filter takes the whole of them away', () => {
  expect(withFilter({ custom: { Tenant: ['acme'] } }, 'custom.Tenant', [])).toEqual({});
});

test('a custom field is called by its label, every other filter has a title', () => {
  const titles = filterNames(['Tenant']).map(filterTitle);
  expect(titles).toContain('Tenant');
  expect(titles.every((title) => typeof title === 'string' && title !== '')).toBe(true);
});
