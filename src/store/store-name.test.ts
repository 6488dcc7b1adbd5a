import fc from 'fast-check';
import { formerStoreName, hadSameName, storeName } from './store-name';

const key = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }));
const text = ([orgId, uid]: [number, string]): string => `${orgId}-${uid}`;

describe('the name of a store', () => {
  it.each([
    ['1-a_b', '1-a b'],
    ['1-Abc', '1-abc'],
    ['1-ä', '1-ö'],
    [`1-${'x'.repeat(100)}a`, `1-${'x'.repeat(100)}b`],
  ])('is another for %j than for %j, also where case is nothing to the file system', (a, b) => {
    expect(storeName(a).toLowerCase()).not.toBe(storeName(b).toLowerCase());
  });

  it('is fit for every file system, whatever the key', () => {
    fc.assert(
      fc.property(key, (some) => {
        expect(storeName(text(some))).toMatch(/^[0-9]-[a-z0-9_-]{0,60}\.[0-9a-f]{16}$/);
      })
    );
  });

  it('is that of no other key, and known as that of one that shared the name of before', () => {
    fc.assert(
      fc.property(key, key, (some, other) => {
        const [a, b] = [text(some), text(other)];
        expect(storeName(a) === storeName(b)).toBe(a === b);
        expect(hadSameName(a, storeName(a))).toBe(false);
        if (a !== b && formerStoreName(a) === formerStoreName(b)) {
          expect(hadSameName(a, storeName(b))).toBe(true);
        }
      })
    );
    expect(hadSameName('1-a_b', storeName('1-a b'))).toBe(true);
    expect(hadSameName('1-a_b', storeName('1-a-b'))).toBe(false);
  });
});
