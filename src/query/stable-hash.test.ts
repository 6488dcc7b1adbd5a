import { stableHash } from './stable-hash';

test('is FNV-1a of the JSON text', () => {
  // (offset basis xor 0x37, the byte of "7") times the prime, worked out apart.
  expect(stableHash(7)).toBe('af63aa4c86019796');
});

test('does not depend on the order in which keys were set, at any depth', () => {
  expect(stableHash({ a: 1, b: { c: [1, { d: 2, e: 3 }], f: 4 } })).toBe(
    stableHash({ b: { f: 4, c: [1, { e: 3, d: 2 }] }, a: 1 })
  );
});

test('differs with the order of a list, a value and a letter beyond Latin-1', () => {
  const hashes = [{ a: [1, 2] }, { a: [2, 1] }, { a: ['é'] }, { a: ['ě'] }, { a: null }].map(stableHash);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('fits the alphabet of a channel path', () => {
  expect(stableHash({ queue: 'Verkauf/Süd & mehr' })).toMatch(/^[0-9a-f]{16}$/);
});
