import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowedLicence } from './allowed-licence';

/** `npm run licences`: fails where a package that the plugin is built with has a licence that it may not be shipped under. */
const root = join(import.meta.dirname, '../..');

/** Packages that name no licence in a form that is read by machines, with where they tell it. */
const toldElsewhere: Readonly<Record<string, string>> = {
  'fast-shallow-equal': 'Unlicense, in its LICENSE',
  'get-document': 'MIT, on its page; Grafana brings it, the plugin does not ship it',
  'react-universal-interface': 'Unlicense, in its LICENSE',
};

interface Lock {
  packages: Record<string, { version: string; license?: string; dev?: boolean; devOptional?: boolean }>;
}

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
const shipped = Object.entries(packages).filter(([place, { dev }]) => place !== '' && dev !== true);
const refused = shipped
  .map(([place, { license = '', version }]) => ({ name: place.replace(/^.*node_modules\//, ''), license, version }))
  .filter(({ name, license }) => !isAllowedLicence(license) && !(license === '' && name in toldElsewhere));

for (const { name, version, license } of refused) {
  console.error(`${name} ${version}: the licence "${license}" is not among those allowed (allowed-licence.ts).`);
}
console.log(`${shipped.length} packages, ${refused.length} with a licence that is not allowed`);
process.exitCode = refused.length === 0 ? 0 : 1;
