import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(__dirname, '../..');

/** Source files to those of them that they import, types included: ESLint's import-x/no-cycle leaves those out. */
function imports(): Map<string, string[]> {
  const files = ['src', 'tools', 'tests', 'bench'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
      .map((name) => path.join(folder, name))
  );
  const known = new Set(files);
  const read = (file: string): string[] =>
    ts
      .preProcessFile(readFileSync(path.join(root, file), 'utf8'))
      .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
      .flatMap(({ fileName }) => ['.ts', '.tsx'].map((suffix) => path.join(path.dirname(file), fileName) + suffix))
      .filter((name) => known.has(name));
  return new Map(files.map((file) => [file, read(file)]));
}

/** Each file that leads back to itself, with the way there. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      found.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    } else if (!done.has(file)) {
      (graph.get(file) ?? []).forEach((next) => visit(next, [...way, file]));
      done.add(file);
    }
  };
  [...graph.keys()].forEach((file) => visit(file, []));
  return found;
}

test('a circle is found, a file that two others import is none', () => {
  const graph = { a: ['b', 'c'], b: ['d'], c: ['d'], d: [], e: ['f'], f: ['g'], g: ['e'] };
  expect(circles(new Map(Object.entries(graph)))).toEqual(['e -> f -> g -> e']);
});

test('no file imports itself by way of others, not even for a type', () => {
  const graph = imports();
  expect(graph.get('src/query/parse-query.ts')).toContain('src/cdr/metrics.ts');
  expect(circles(graph)).toEqual([]);
});
