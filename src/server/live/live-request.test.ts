import { parseLiveRequest } from './live-request';

const now = Date.UTC(2026, 10, 24);
const request = (start: object) => ({ query: { queryType: 'calls' }, start, intervalMs: 60_000 });

test('a subscription has its query made complete, and its start', () => {
  expect(parseLiveRequest(request({ rangeMs: 3_600_000 }), now)).toMatchObject({
    query: { queryType: 'calls', limit: 1000 },
    start: { rangeMs: 3_600_000 },
    intervalMs: 60_000,
  });
});

test.each([
  ['begins after now', { from: now + 1 }, 'The time range is reversed'],
  ['begins where no calendar reaches', { from: 8e15 }, 'but 2100-01-01 is the latest that is allowed'],
  ['is longer than a number is whole', { rangeMs: 1e300 }, '"start'],
  ['is no range', {}, '"start'],
])('a range that %s is refused', (_, start, message) => {
  expect(() => parseLiveRequest(request(start), now)).toThrow(message);
});
