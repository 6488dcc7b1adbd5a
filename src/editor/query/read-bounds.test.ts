import { readBounds } from './read-bounds';

test('bounds of bands are whole seconds that ascend, between commas or spaces', () => {
  expect(readBounds('10, 20 60')).toEqual([10, 20, 60]);
  expect(readBounds(' ')).toEqual([]);
});

test.each(['20, 10', '10, 10', '-5, 10', '0, 10', '1.5', 'ten', Array.from({ length: 21 }, (_, n) => n + 1).join()])(
  '%s are no bounds of bands',
  (text) => expect(readBounds(text)).toBeNull()
);
