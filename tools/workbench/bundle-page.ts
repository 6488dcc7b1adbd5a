import path from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname;

/** The workbench's page as one script with its style, put into a folder. The plugin itself is loaded from its own build. */
export async function bundlePage(outdir: string): Promise<void> {
  await build({
    entryPoints: [path.join(here, 'page/main.tsx')],
    outdir,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl', '.ttf': 'empty' },
    logLevel: 'error',
  });
}
