import { readFileSync } from 'node:fs';
import path from 'node:path';
import CopyPlugin from 'copy-webpack-plugin';
import type { Configuration } from 'webpack';

interface PackageJson {
  name: string;
  version: string;
}

interface Environment {
  /** For a Grafana that may not run the server part: it would refuse a plugin whose server part does not start. */
  browserOnly?: boolean;
}

const root = process.cwd();
const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as PackageJson;

/**
 * The browser part as Grafana loads it: one AMD module that takes React, RxJS and @grafana/* from its host. The list of
 * what the host gives is that of @grafana/create-plugin, which has its configuration in this place too.
 */
export default function config(
  { browserOnly = false }: Environment,
  { mode }: { mode?: Configuration['mode'] }
): Configuration {
  return {
    mode: mode ?? 'development',
    // Source maps name sources as a reader of the project finds them below src.
    context: path.join(root, 'src'),
    target: ['web', 'es2022'],
    devtool: mode === 'production' ? 'source-map' : 'eval-source-map',
    entry: { module: './module.ts' },
    output: {
      // The server build writes its part into dist too, so nothing there is cleaned away.
      path: path.join(root, browserOnly ? 'dist-browser-only' : 'dist'),
      filename: '[name].js',
      // Grafana tells browsers to keep what it serves: a chunk of another build has another address.
      chunkFilename: '[name].js?_cache=[contenthash]',
      library: { type: 'amd' },
      publicPath: `public/plugins/${name}/`,
      uniqueName: name,
    },
    externals: [
      'react',
      'react/jsx-runtime',
      'react-dom',
      'rxjs',
      'rxjs/operators',
      // Grafana puts a plugin's texts into its own instance before it loads the plugin.
      'i18next',
      '@emotion/css',
      /^@grafana\/(data|runtime|ui)/,
    ],
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    module: {
      rules: [
        {
          test: /\.tsx?$/,
          exclude: /node_modules/,
          use: {
            loader: 'swc-loader',
            options: {
              jsc: {
                parser: { syntax: 'typescript', tsx: true },
                transform: { react: { runtime: 'automatic' } },
                target: 'es2022',
              },
            },
          },
        },
      ],
    },
    plugins: [
      new CopyPlugin({
        patterns: [
          { from: '../plugin.json', transform: (content) => stamp(browserOnly ? withoutServerPart(content) : content) },
          { from: 'img', to: 'img' },
          { from: 'locales', to: 'locales' },
          { from: 'dashboards', to: 'dashboards' },
          { from: '../LICENSE', toType: 'file', to: 'LICENSE' },
          { from: '../CHANGELOG.md', to: 'CHANGELOG.md' },
          // What Grafana shows of the plugin; the project's own README leads to pages that are not part of it.
          { from: 'README.md', to: 'README.md' },
        ],
      }),
    ],
    // What a page may load at once, in bytes: past that the build fails.
    performance: { hints: 'error', maxAssetSize: 450_000, maxEntrypointSize: 450_000 },
    stats: 'minimal',
  };
}

/** Fills in what Grafana's catalogue wants in plugin.json at build time. */
function stamp(content: Buffer | string): string {
  const today = new Date().toISOString().slice(0, 10);
  return content.toString().replaceAll('%VERSION%', version).replaceAll('%TODAY%', today);
}

function withoutServerPart(content: Buffer): string {
  const serverPart = ['backend', 'executable', 'alerting'];
  const entries = Object.entries(JSON.parse(content.toString()) as object);
  return JSON.stringify(Object.fromEntries(entries.filter(([key]) => !serverPart.includes(key))), null, 2);
}
