import { InvalidQueryError } from './invalid-query-error';
import { latestInstant, parseRange } from './parse-range';

const noon = Date.UTC(2026, 10, 24, 13);

describe('parseRange', () => {
  it.each([
    ['an hour', { from: noon - 3_600_000, to: noon }, { from: noon - 3_600_000, to: noon }],
    ['a moment', { from: noon, to: noon }, { from: noon, to: noon }],
    ['what begins before 1970, which it cuts', { from: -8e15, to: noon }, { from: 0, to: noon }],
    ['what lies before 1970 as a whole, which is empty', { from: -8e15, to: -7e15 }, { from: 0, to: 0 }],
    ['fractions of a millisecond', { from: noon - 0.5, to: noon + 0.5 }, { from: noon - 1, to: noon }],
    ['all that can be asked for', { from: 0, to: latestInstant }, { from: 0, to: latestInstant }],
  ])('takes %s', (_, given, expected) => {
    expect(parseRange(given)).toEqual(expected);
  });

  it.each([
    [
      'the year 9999',
      { from: noon, to: Date.UTC(9999, 11, 31) },
      /"to" of the time range is 9999-12-31, but 2100-01-01 is the latest/,
    ],
    ['the year 275760', { from: 8e15, to: 8.1e15 }, /"from" of the time range is \+255479-\d\d-\d\d, but/],
    ['no calendar', { from: noon, to: 1e300 }, /"to" of the time range is 1e\+300, but/],
    ['a reversed range', { from: noon + 86_400_000, to: noon }, /begins on 2026-11-25, after its end on 2026-11-24/],
    ['NaN', { from: NaN, to: noon }, /"from" of the time range must be epoch milliseconds, found NaN/],
    ['Infinity', { from: noon, to: Infinity }, /"to" of the time range must be epoch milliseconds, found Infinity/],
    ['a text', { from: 'now-1h', to: noon }, /"from" of the time range must be epoch milliseconds, found string/],
    ['nothing', { from: noon, to: undefined }, /"to" of the time range must be epoch milliseconds, found undefined/],
  ])('refuses %s', (_, given, message) => {
    expect(() => parseRange(given)).toThrow(InvalidQueryError);
    expect(() => parseRange(given)).toThrow(message);
  });
});
