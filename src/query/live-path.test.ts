import { livePath } from './live-path';
import { seesNumbers } from '../settings/number-access';

test('channels of those who see numbers and those who do not are never the same', () => {
  const data = { query: 'any' };
  const paths = [livePath('', data), livePath('full-5939999-0123456789abcdef-', data), livePath('masked-', data)];
  expect(new Set(paths).size).toBe(3);
  paths.forEach((path) => expect(path).toMatch(/^live\/[a-z0-9-]{1,150}$/));
});

test.each([
  ['none', 'Viewer', true],
  ['none', '', true],
  ['viewers', 'Viewer', false],
  ['viewers', 'None', false],
  ['viewers', '', false],
  ['viewers', 'Editor', true],
  ['editors', 'Editor', false],
  ['editors', 'Admin', true],
] as const)('with masking for %s the role %j sees numbers: %s', (maskNumbersFor, role, sees) => {
  expect(seesNumbers(maskNumbersFor, role)).toBe(sees);
});
