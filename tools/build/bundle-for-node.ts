import { build, type BuildOptions, type Plugin } from 'esbuild';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // V8 keeps the text in memory, with two bytes a character where a comment has one beyond Latin-1.
  minifyWhitespace: true,
  lineLimit: 120,
  legalComments: 'none',
  // Loads a shared library that lies beside it, so it stays a package on disk.
  external: ['@duckdb/node-bindings-*'],
  nodePaths: [join(root, 'node_modules')],
  // Becomes `require`, which finds the files beside by the names that they have.
  supported: { 'dynamic-import': false },
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * Bundles a program for Node, with all it imports, into one file and its source map beside it, and each package that it
 * imports only once it is needed into another file beside it: the text of what is loaded takes memory, and time at each
 * start. Gives the files that went into them, relative to the project.
 */
export async function bundleForNode(entry: string, outfile: string): Promise<string[]> {
  const later = new Set<string>();
  const plugins = [besides(later)];
  const sourceMap = { sourcemap: 'external', sourcesContent: false } as const;
  const program = await build({ ...options, ...sourceMap, plugins, entryPoints: [entry], outfile });
  const packages = await Promise.all(
    Array.from(later, (name) =>
      build({ ...options, entryPoints: [name], outfile: join(dirname(outfile), fileOf(name)) })
    )
  );
  return [program, ...packages].flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
  );
}

const fileOf = (name: string): string => `${name}.js`;

/** Notes the packages that are imported on demand, and leaves them out. */
function besides(later: Set<string>): Plugin {
  return {
    name: 'besides',
    setup({ onResolve }) {
      onResolve({ filter: /^[^./]/ }, ({ kind, path }) => {
        if (kind !== 'dynamic-import') {
          return undefined;
        }
        later.add(path);
        return { path: `./${fileOf(path)}`, external: true };
      });
    },
  };
}
