import { verdict } from './verdict';

const target = '@grafana/data@12.1.0';
const compared = 'Successfully compared versions\n';

it('nothing is wrong where nothing differs, or only a type grew that is shown without a difference', () => {
  expect(verdict(target, `${compared}src/module.ts is compatible with ${target}`)).toEqual([]);
  const unnamed = `${compared}\n  INCOMPATIBILITIES (2)\n\n\nsrc/module.ts is not fully compatible`;
  expect(verdict(target, unnamed, 2)).toEqual([]);
});

it('what the lowest version lacks, or has otherwise, is named with where it is used', () => {
  const removed = '1) Removed `toDataFrame` used in `src/datasource/a.ts:12`';
  const changed = '2) Changed `FieldType` used in `src/datasource/b.ts:3`';
  const report = `${compared}  INCOMPATIBILITIES (2)\n\n${removed}\n${changed}\n- a\n+ b\n`;
  expect(verdict(target, report)).toEqual([`${target}: ${removed}`, `${target}: ${changed}`]);
});

it('what it counts but does not name, or names in another way, is no success', () => {
  const report = `${compared}  INCOMPATIBILITIES (2)\n\n* Removed toDataFrame\n`;
  expect(verdict(target, report)).toEqual([`${target}: 2 changes without a name, not 0`]);
  expect(verdict(target, report, 1)).toEqual([`${target}: 2 changes without a name, not 1`]);
  expect(verdict(target, `${compared}src/module.ts is not fully compatible`)).toHaveLength(1);
  expect(verdict(target, compared)).toHaveLength(1);
});

it('a package that could not be compared is no success', () => {
  expect(verdict(target, 'Could not process the package @grafana/data')).toHaveLength(1);
  expect(verdict(target, 'npm error ETIMEDOUT')).toEqual([`${target} was not compared: npm error ETIMEDOUT`]);
});
