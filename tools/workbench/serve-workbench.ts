import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { DataQuery } from '../../src/plugin-protocol/plugin';
import type { Frame } from '../../src/plugin-protocol/frame';
import { pluginId, type DataSource } from '../plugin-host/data-source';
import type { PluginClient } from '../plugin-host/plugin-client';
import { libraries } from './libraries';

export interface WorkbenchOptions {
  /** The plugin that is hosted now; it changes when it is built again. */
  client: () => PluginClient;
  dataSource: DataSource;
  /** Folder of the bundled page. */
  pageFolder: string;
  /** Folder of the built plugin. */
  pluginFolder: string;
}

const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Asterisk CDR workbench</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/page/main.css"></head>
<body><div id="root"></div><script src="/page/main.js"></script></body></html>`;

/** Icons of Grafana's components. */
const grafanaPublic = path.join(libraries, '@grafana/ui/dist/public');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** The part of Grafana's HTTP interface that a data source plugin uses, on top of a hosted plugin, and the page. */
export function serveWorkbench(options: WorkbenchOptions): Server {
  return createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) {
        // A short answer must not pass for a whole one.
        response.destroy();
      } else {
        json(response, { message }, 500);
      }
    });
  });
}

async function answer(options: WorkbenchOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://workbench/');
  const route = routes.find(({ path: prefix }) => url.pathname.startsWith(prefix));
  if (route) {
    await route.handle(options, request, response, url);
  } else {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  }
}

interface Route {
  path: string;
  handle: (options: WorkbenchOptions, request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;
}

const dataSourcePath = '/api/datasources/uid/';

const routes: Route[] = [
  {
    path: '/page/',
    handle: async ({ pageFolder }, _, response, url) =>
      sendFile(response, pageFolder, url.pathname.slice('/page/'.length)),
  },
  {
    path: `/public/plugins/${pluginId}/`,
    handle: async ({ pluginFolder }, _, response, url) =>
      sendFile(response, pluginFolder, url.pathname.slice(`/public/plugins/${pluginId}/`.length)),
  },
  {
    path: '/public/',
    handle: async (_, __, response, url) =>
      sendFile(response, grafanaPublic, url.pathname.replace(/^\/public\/(build\/)?/, '')),
  },
  {
    path: '/workbench/data-source',
    handle: async ({ dataSource }, request, response) => {
      if (request.method === 'PUT') {
        const { jsonData, secureJsonData } = JSON.parse(await bodyOf(request)) as DataSource;
        dataSource.jsonData = jsonData;
        dataSource.secureJsonData = { ...dataSource.secureJsonData, ...secureJsonData };
        dataSource.updated = Date.now();
      }
      const secureJsonFields = Object.fromEntries(
        Object.entries(dataSource.secureJsonData ?? {}).map(([name, value]) => [name, value !== ''])
      );
      json(response, { uid: dataSource.uid, name: dataSource.name, jsonData: dataSource.jsonData, secureJsonFields });
    },
  },
  {
    path: '/api/ds/query',
    handle: async ({ client, dataSource }, request, response) => {
      const { queries, from, to } = JSON.parse(await bodyOf(request)) as QueryBody;
      const asked = queries.map((query): DataQuery => ({
        refId: query.refId,
        queryType: String(query.queryType ?? ''),
        json: query,
        from: Number(from),
        to: Number(to),
        intervalMs: Number(query.intervalMs ?? 60_000),
        maxDataPoints: Number(query.maxDataPoints ?? 1000),
      }));
      const results: Record<string, object> = {};
      for (const [refId, { frames, error }] of await client().queryData(dataSource, asked)) {
        results[refId] = error
          ? { error: error.message, errorSource: error.source, status: error.status, frames: [] }
          : { status: 200, frames: frames.map((frame) => frameJson(frame, refId)) };
      }
      json(response, { results });
    },
  },
  {
    path: '/workbench/live',
    handle: async ({ client, dataSource }, request, response, url) => {
      const channel = url.searchParams.get('path') ?? '';
      const data: unknown = JSON.parse(url.searchParams.get('data') ?? 'null');
      const { status } = await client().subscribeStream(dataSource, channel, data);
      if (status !== 'ok') {
        json(response, { message: status }, status === 'not-found' ? 404 : 403);
        return;
      }
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
      response.write(': connected\n\n');
      const frames = client()
        .runStream(dataSource, channel, data)
        .subscribe({
          next: (frame) => response.write(`data: ${JSON.stringify(frame)}\n\n`),
          error: () => response.end(),
          complete: () => response.end(),
        });
      request.on('close', () => frames.unsubscribe());
    },
  },
  {
    path: dataSourcePath,
    handle: async ({ client, dataSource }, request, response, url) => {
      const [, call = '', ...rest] = url.pathname.slice(dataSourcePath.length).split('/');
      if (call === 'health') {
        const { status, message, details } = await client().checkHealth(dataSource);
        json(response, { status: status.toUpperCase(), message, details }, status === 'ok' ? 200 : 400);
        return;
      }
      const pieces = client().streamResource(dataSource, {
        url: rest.join('/') + url.search,
        method: request.method,
        headers: { 'content-type': [request.headers['content-type'] ?? ''] },
        body: Buffer.from(await bodyOf(request)),
      });
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      for await (const { status, headers, body } of pieces) {
        // Leaving off cancels the call.
        gone.signal.throwIfAborted();
        if (!response.headersSent) {
          response.writeHead(status, headers);
        }
        if (!response.write(body)) {
          await once(response, 'drain', { signal: gone.signal });
        }
      }
      response.end();
    },
  },
];

interface QueryBody {
  queries: Array<Record<string, unknown> & { refId: string }>;
  from: string;
  to: string;
}

function frameJson(frame: Frame, refId: string): object {
  const fields = frame.fields.map(({ name, type, labels, config }) => ({ name, type, labels, config }));
  return {
    schema: { name: frame.name, refId, meta: frame.meta, fields },
    data: { values: frame.fields.map(({ values }) => values) },
  };
}

function sendFile(response: ServerResponse, folder: string, name: string): void {
  const file = path.join(folder, path.normalize(`/${name}`));
  if (!existsSync(file)) {
    json(response, { message: `There is no ${name}` }, 404);
    return;
  }
  response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
