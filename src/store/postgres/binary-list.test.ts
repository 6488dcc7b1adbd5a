import { binaryList } from './binary-list';

const asItIs = <T>(value: T): T => value;

test('a list is a header, and for each value its length and its bytes', () => {
  const header = '00000001 00000001 00000019 00000003 00000001';
  const values = '00000002 c3a4 ffffffff 00000000';
  expect(binaryList('TEXT', ['ä', null, ''], asItIs).toString('hex')).toBe(`${header}${values}`.replaceAll(' ', ''));
});

test('a text has what PostgreSQL keeps in none, U+0000 and half a character, as U+FFFD', () => {
  const texts = ['a\0', '\ud83d', 'ok', '\ud83d\ude00'];
  const bytes = '00000004 61efbfbd 00000003 efbfbd 00000002 6f6b 00000004 f09f9880'.replaceAll(' ', '');
  expect(binaryList('TEXT', texts, asItIs).subarray(20).toString('hex')).toBe(bytes);
});

test('texts may be longer than usual', () => {
  const long = 'ä'.repeat(1000);
  const list = binaryList('TEXT', ['a', long, 'b'], asItIs);
  const values = `00000001 61 000007d0 ${Buffer.from(long).toString('hex')} 00000001 62`.replaceAll(' ', '');
  expect(list.subarray(20).toString('hex')).toBe(values);
});

test.each([
  ['INTEGER', -2, '00000017', '00000004 fffffffe'],
  ['BIGINT', -2, '00000014', '00000008 fffffffffffffffe'],
  ['BIGINT', 8.64e15, '00000014', '00000008 001eb208c2dc0000'],
  ['BIGINT', -8.64e15, '00000014', '00000008 ffe14df73d240000'],
  ['BIGINT', 1764000000123, '00000014', '00000008 0000019ab697e87b'],
  ['BIGINT', -(2n ** 63n), '00000014', '00000008 8000000000000000'],
  ['DOUBLE PRECISION', 0.5, '000002bd', '00000008 3fe0000000000000'],
  ['BOOLEAN', true, '00000010', '00000001 01'],
] as const)('of the type %s, %s is written as the server reads it', (name, value, oid, bytes) => {
  const list = binaryList(name, [value], asItIs).toString('hex');
  expect(list).toBe(`00000001 00000001 ${oid} 00000001 00000001 ${bytes}`.replaceAll(' ', ''));
});
