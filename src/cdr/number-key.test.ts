import { numberKey } from './number-key';

test.each([
  ['with a prefix of the country', '+4930123456789', '030123456789'],
  ['with the prefix of an outside line', '12025550142', '912025550142'],
  ['with 00 for +', '+33144556677', '0033144556677'],
  ['with what makes it readable', '(202) 555-0142', '2025550142'],
])('a number written %s is the same', (_how, one, other) => {
  expect(numberKey(one)).toBe(numberKey(other));
});

test('short numbers are the same only where all of their digits are', () => {
  expect(numberKey('5550142')).not.toBe(numberKey('95550142'));
});

test.each(['', 'anonymous', 'Unknown', 'private', 'Restricted', 'unavailable', 'Withheld', '+'])(
  '%j is a number that is withheld',
  (number) => expect(numberKey(number)).toBe('')
);
