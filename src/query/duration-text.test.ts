import { durationText } from './duration-text';

test.each([
  [0, 'less than 1 s'],
  [499, 'less than 1 s'],
  [4_000, '4 s'],
  [59_600, '1 min'],
  [90_000, '1 min 30 s'],
  [3_600_000, '1 h'],
  [7_505_000, '2 h 5 min'],
  [90_061_000, '1 d 1 h'],
  [86_430_000, '1 d'],
])('%i ms read %s', (length, text) => expect(durationText(length)).toBe(text));
