import { maskedQuery, numbersSought } from './ask-masked';
import { parseQuery } from '../query/parse-query';

const ask = (query: object) => maskedQuery(parseQuery({ queryType: 'calls', ...query }));

test('source and destination are compared as a whole, so that no part can be tried', () => {
  expect(ask({ filters: { source: '555', destination: '', server: ['pbx'] } }).filters).toEqual({
    server: ['pbx'],
    conditions: [{ field: 'source', operator: '=', values: ['555'] }],
  });
});

test.each([
  'source',
  'destination',
  'did',
  'trunk',
  'agent',
  'callingAgent',
  'linkedId',
  'custom.Mobile',
  'custom.queue',
])('a pattern on %s is refused', (field) => {
  const filters = { conditions: [{ field, operator: '!~', values: ['^5.*'] }] };
  expect(() => ask({ filters })).toThrow(
    `Numbers are masked for your role, so ${field} can only be compared by = and !=`
  );
});

test('a pattern on a field that holds no number is not', () => {
  const conditions = [{ field: 'queue', operator: '=~', values: ['sup.*'] }];
  expect(ask({ filters: { conditions } }).filters.conditions).toEqual(conditions);
});

test('an order that would tell numbers is refused', () => {
  expect(() => ask({ sortBy: 'destination' })).toThrow("rows can't be sorted by destination");
});

test('the numbers that filters ask for are found wherever they stand', () => {
  const filters = {
    source: ['5551234'],
    agent: ['1001', '4915112345'],
    queue: ['600100'],
    linkedId: ['1732453200.15', 'Local/4930555123@from-queue-0000002a;1'],
    custom: { Mobile: ['+49 151 1234567'] },
    conditions: [{ field: 'destination' as const, operator: '!=' as const, values: ['5559999', '100'] }],
  };
  expect(numbersSought(filters)).toEqual([
    '5551234',
    '4915112345',
    '+49 151 1234567',
    '5559999',
    'Local/4930555123@from-queue-0000002a;1',
  ]);
});
