import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parseSettings } from '../../src/settings/settings';
import { businessHours, directory } from '../../tools/simulator/staff';

const file = path.join(__dirname, '../../provisioning/datasources/amiws-cdr.yaml');
const { datasources } = parse(readFileSync(file, 'utf8')) as { datasources: Array<{ jsonData: object }> };
const { jsonData } = datasources[0]!;

test('the provisioned data source has the names, teams and business hours of the simulator', () => {
  expect(jsonData).toMatchObject({ directory, businessHours });
});

test('all that it has is read as it stands', () => {
  expect(parseSettings(jsonData)).toMatchObject({
    directory: directory.map((entry) => ({ ...entry, kind: entry.kind ?? 'agent' })),
    businessHours,
  });
});
