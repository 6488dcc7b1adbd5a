import { places } from './distribute';
import { migrations } from './migrations';

test('each table of the migrations has a place in a cluster', () => {
  const made = migrations
    .flat()
    .filter((statement) => !/ PARTITION OF /.test(statement))
    .flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
  expect(Object.keys(places).sort()).toEqual([...made, 'schema_version'].sort());
});
