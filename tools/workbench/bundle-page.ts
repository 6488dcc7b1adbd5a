import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { libraries } from './libraries';

const here = import.meta.dirname;
/** React and @grafana/*, which the page gives to the plugin as Grafana does, from where they are installed. */
const fromLibraries: Plugin = {
  name: 'libraries',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^(react|react-dom|@grafana\/\w+)($|\/)/ }, ({ path: name, kind, resolveDir }) =>
      resolveDir === libraries ? undefined : resolve(name, { kind, resolveDir: libraries })
    );
  },
};

/** The workbench's page as one script with its style, put into a folder. The plugin itself is loaded from its own build. */
export async function bundlePage(outdir: string): Promise<void> {
  await build({
    entryPoints: [path.join(here, 'page/main.tsx')],
    outdir,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    plugins: [fromLibraries],
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.woff2': 'dataurl', '.ttf': 'empty' },
    logLevel: 'error',
  });
}
