import { binaryList } from './binary-list';

test('a list is a header, and for each value its length and its bytes', () => {
  const header = '00000001 00000001 00000019 00000003 00000001';
  const values = '00000002 c3a4 ffffffff 00000000';
  expect(binaryList('TEXT', ['ä', null, '']).toString('hex')).toBe(`${header}${values}`.replaceAll(' ', ''));
});

test.each([
  ['INTEGER', -2, '00000017', '00000004 fffffffe'],
  ['BIGINT', -2, '00000014', '00000008 fffffffffffffffe'],
  ['BIGINT', -(2n ** 63n), '00000014', '00000008 8000000000000000'],
  ['DOUBLE PRECISION', 0.5, '000002bd', '00000008 3fe0000000000000'],
  ['BOOLEAN', true, '00000010', '00000001 01'],
] as const)('of the type %s, %s is written as the server reads it', (name, value, oid, bytes) => {
  const list = binaryList(name, [value]).toString('hex');
  expect(list).toBe(`00000001 00000001 ${oid} 00000001 00000001 ${bytes}`.replaceAll(' ', ''));
});
