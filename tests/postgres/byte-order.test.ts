import { storesOfSchema } from '../support/stores-of-schema';

const { open, run } = storesOfSchema('ordered');

test('every column of text is in the order of bytes, whatever the locale of the database is', async () => {
  await open();
  const columns = await run(
    'SELECT c.relname AS table, a.attname AS column, l.collname AS collation FROM pg_attribute a ' +
      'JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation l ON l.oid = a.attcollation ' +
      "WHERE c.relnamespace = 'ordered'::regnamespace AND c.relkind IN ('r', 'p', 'i', 'I') AND a.attnum > 0"
  );
  expect(columns.length).toBeGreaterThan(100);
  expect(columns.filter(({ collation }) => collation !== 'C')).toEqual([]);
});
