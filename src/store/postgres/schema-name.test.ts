import fc from 'fast-check';
import { parseSettings } from '../../settings/settings';
import { schemaName } from './schema-name';

const settingsWith = (schema: string) =>
  parseSettings({ store: { type: 'postgres', host: 'db', database: 'cdr', user: 'cdr', schema } });

test('the schema of a data source is a name that its settings may have too, and no other data source has it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.string({ unit: 'binary', maxLength: 100 }),
      (one, other) => {
        expect(settingsWith(schemaName(one)).store.schema).toBe(schemaName(one));
        expect(schemaName(one) === schemaName(other)).toBe(one === other);
      }
    )
  );
});

test('keys that differ in what names leave out have schemas of their own', () => {
  const keys = ['1-office', '1_office', '1-OFFICE', '1-office ', `1-${'x'.repeat(80)}`, `1-${'x'.repeat(81)}`];
  expect(new Set(keys.map(schemaName)).size).toBe(keys.length);
});
