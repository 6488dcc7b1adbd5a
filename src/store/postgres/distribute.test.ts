import { readFileSync } from 'node:fs';
import path from 'node:path';
import { places } from './distribute';
import { migrations } from './migrations';

test('each table of the migrations has a place in a cluster', () => {
  const statements = migrations.flat();
  const dropped = statements.flatMap((statement) => /^DROP TABLE (\w+)/.exec(statement)?.[1] ?? []);
  const made = statements
    .filter((statement) => !/ PARTITION OF /.test(statement))
    .flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? [])
    .filter((table) => !dropped.includes(table));
  expect(Object.keys(places).sort()).toEqual([...made, 'schema_version'].sort());
});

test('docs/postgres.md tells of each table where its rows are', () => {
  const page = readFileSync(path.join(__dirname, '../../../docs/postgres.md'), 'utf8');
  const [, section] = /### Where rows are\n+([^]*?)\n\n/.exec(page)!;
  const named = section!.matchAll(/`(\w+)`/g);
  expect([...named].map(([, table]) => table).sort()).toEqual(Object.keys(places).sort());
});
