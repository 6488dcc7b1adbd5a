import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const page = readFileSync(path.join(root, 'docs/troubleshooting.md'), 'utf8');

/** Sources without tests, with texts that span lines in one piece. */
const sources = ['src', 'tools/test', 'tests/pbx']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(root, folder, file)
    )
  )
  .filter((file) => /\.(tsx?|json)$/.test(file) && !/\.test\./.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
  .replaceAll(/['"`] \+\s*['"`]/g, '')
  .replaceAll('\\', '')
  .concat(readFileSync(path.join(root, 'plugin.json'), 'utf8'));

/** What Grafana itself says. */
const ofGrafana = ['Plugin unavailable'];

const symptoms = [...page.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell]) =>
  [...cell!.matchAll(/\*([^*]+)\*/g)].map(([, text]) => text!)
);

it('the page has messages to find', () => {
  expect(symptoms.length).toBeGreaterThan(10);
});

it.each(symptoms.filter((text) => !ofGrafana.includes(text)))('the product has the message “%s”', (text) => {
  expect(sources.includes(text)).toBe(true);
});
