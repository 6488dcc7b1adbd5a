import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { recordingUrlProblem } from './recording-url';
import { parseSettings } from './settings';

const page = readFileSync(path.join(__dirname, '../../docs/provisioning.md'), 'utf8');
const known = Object.keys(parseSettings({}));

test('the page explains every setting', () => {
  const explained = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
  expect(known.filter((name) => !explained.includes(name))).toEqual([]);
});

test('the data source by YAML can be read as it stands', () => {
  const [, yaml] = /```yaml\n([^]*?)```/.exec(page)!;
  // Grafana reads $$ as $ in provisioned files.
  const { datasources } = parse(yaml!.replaceAll('$$', '$')) as { datasources: Array<{ jsonData: object }> };
  const [{ jsonData }] = datasources as [{ jsonData: object }];
  expect(Object.keys(jsonData).filter((name) => !known.includes(name))).toEqual([]);
  const settings = parseSettings(jsonData);
  expect(recordingUrlProblem(settings.recordingUrl)).toBeNull();
  expect(settings.externalChannels).toEqual(parseSettings({}).externalChannels);
  expect(settings.agentPatterns).toEqual(parseSettings({}).agentPatterns);
});
