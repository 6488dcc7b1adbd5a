import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkStyle } from './check-style';

/**
 * `npm run style [-- FILE …]`: names the words of texts for people that `terms.ts` forbids. The English locale holds the texts
 * of the browser part and the sentences of the server part.
 */
const root = path.join(import.meta.dirname, '../..');
const files = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'src/README.md',
  'docs/*.md',
  'plugin.json',
  'package.json',
  'src/locales/en-US/*.json',
  'src/dashboards/*.json',
  'provisioning/*/*.yaml',
];
const named = process.argv.slice(2);
const asked = named.length > 0 ? named : globSync(files, { cwd: root }).sort();

async function main(): Promise<void> {
  for (const file of asked) {
    for (const problem of await checkStyle(file, readFileSync(path.resolve(root, file), 'utf8'))) {
      console.log(problem);
      process.exitCode = 1;
    }
  }
}

void main();
