import { build } from 'esbuild';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * Bundles a program for Node, with all it imports, into one file and its source map beside it. Gives the files that went
 * into it, relative to the project.
 */
export async function bundleForNode(entry: string, outfile: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    sourcemap: 'external',
    sourcesContent: false,
    // V8 keeps the text in memory, with two bytes a character where a comment has one beyond Latin-1.
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: 'none',
    // Loads a shared library that lies beside it, so it stays a package on disk.
    external: ['@duckdb/node-bindings-*'],
    nodePaths: [join(root, 'node_modules')],
    metafile: true,
    logLevel: 'warning',
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}
