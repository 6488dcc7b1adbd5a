import * as emotion from '@emotion/css';
import * as data from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as ui from '@grafana/ui';
import * as react from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as reactDom from 'react-dom';
import * as rxjs from 'rxjs';
import * as operators from 'rxjs/operators';

/** What Grafana gives to plugins (webpack.config.ts, externals). */
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
};

/** Loads the browser part of the plugin from the build that Grafana loads too, an AMD module. */
export function loadPlugin(): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const define = (dependencies: string[], factory: (...modules: unknown[]) => { plugin: unknown }): void => {
      resolve(factory(...dependencies.map((name) => (name === 'module' ? { uri: '' } : shared[name]))).plugin);
    };
    Object.assign(window, { define: Object.assign(define, { amd: {} }) });
    const script = document.createElement('script');
    script.src = '/public/plugins/amiws-cdr-datasource/module.js';
    script.onerror = () => reject(new Error('The plugin is not built: run npm run build.'));
    document.head.append(script);
  });
}
