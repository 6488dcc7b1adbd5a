import * as emotion from '@emotion/css';
import * as data from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as ui from '@grafana/ui';
import i18next from 'i18next';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as rxjs from 'rxjs';
import * as operators from 'rxjs/operators';

/** What Grafana gives to plugins (.config/webpack/webpack.config.ts, externals). */
const shared: Readonly<Record<string, unknown>> = {
  react,
  'react/jsx-runtime': jsxRuntime,
  'react-dom': reactDom,
  rxjs,
  'rxjs/operators': operators,
  '@emotion/css': emotion,
  '@grafana/data': data,
  '@grafana/runtime': runtime,
  '@grafana/ui': ui,
  i18next,
};

/** Loads the browser part of the plugin from the build that Grafana loads too, an AMD module. */
export function loadPlugin(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // A promise of its exports, since it waits for its texts.
    const define = (dependencies: string[], factory: (...modules: unknown[]) => Promise<{ plugin: unknown }>): void => {
      const exports = factory(...dependencies.map((name) => (name === 'module' ? { uri: '' } : shared[name])));
      exports.then(({ plugin }) => resolve(plugin), reject);
    };
    Object.assign(window, { define: Object.assign(define, { amd: {} }) });
    const script = document.createElement('script');
    script.src = '/public/plugins/amiws-cdr-datasource/module.js';
    script.onerror = () => reject(new Error('The plugin is not built: run npm run build.'));
    document.head.append(script);
  });
}
