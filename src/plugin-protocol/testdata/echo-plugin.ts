import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame } from '../frame';
import { createLogger } from '../log';
import type { Plugin } from '../plugin';
import { PluginError } from '../plugin';
import { serve } from '../serve';

/** A plugin that exercises every call and field type: what the tests start as a process of its own. */
const time = Date.parse('2024-02-29T12:34:56.789Z');

/** Two rows of each field type, the second null where the field allows it. */
const frame: Frame = {
  name: 'echo',
  meta: {
    type: 'table',
    typeVersion: [0, 1],
    notices: [{ severity: 'warning', text: 'Of a gap', link: 'https://example.com/gap' }],
    channel: 'ds/uid/path',
    preferredVisualisationType: 'table',
    executedQueryString: 'select',
    custom: { total: 2 },
  },
  fields: [
    { name: 'time', type: 'time', values: [time, time + 1] },
    { name: 'end', type: 'time', nullable: true, values: [time, null] },
    {
      name: 'number',
      type: 'number',
      labels: { server: 'pbx-1' },
      config: {
        displayNameFromDS: 'Share',
        unit: 'percent',
        decimals: 1,
        min: 0,
        max: 100,
        links: [{ title: 'Open', url: '/d/1', targetBlank: true }],
        custom: { width: 80 },
      },
      values: [0.1, null],
    },
    { name: 'count', type: 'number', nullable: false, values: [1, 2] },
    { name: 'string', type: 'string', values: ['Zoë “☎”', null] },
    { name: 'boolean', type: 'boolean', values: [true, null] },
    { name: 'json', type: 'json', values: [{ a: [1, null] }, null] },
  ],
};

const answers: Record<string, (query: unknown) => Frame[]> = {
  records: () => [frame],
  none: () => [{ fields: [{ name: 'number', type: 'number', values: [] }] }],
  large: () => [
    {
      fields: [{ name: 'text', type: 'string', values: Array.from({ length: 100_000 }, (_, i) => `${i}`.repeat(20)) }],
    },
  ],
  echo: (query) => [{ fields: [{ name: 'query', type: 'json', values: [query as object] }] }],
  downstream: () => {
    throw new PluginError('The PBX says no', 'downstream', 502);
  },
  broken: () => {
    throw new TypeError('undefined is not a function');
  },
  uneven: () => [
    {
      fields: [
        { name: 'two', type: 'number', values: [1, 2] },
        { name: 'one', type: 'number', values: [1] },
      ],
    },
  ],
};

const log = createLogger('echo');

const plugin: Plugin = {
  async checkHealth({ context, headers }) {
    if (context.dataSource?.uid === 'broken') {
      throw new Error('No such data source');
    }
    return { status: 'ok', message: 'Echo works', details: { context, headers } };
  },

  async collectMetrics() {
    return '# TYPE echo_calls counter\necho_calls 1\n';
  },

  async queryData({ queries }) {
    if (queries.some((query) => query.queryType === 'all-fail')) {
      throw new PluginError('Nothing works', 'downstream');
    }
    return new Map(
      queries.map((query) => {
        try {
          return [query.refId, { frames: answers[query.queryType](query) }];
        } catch (error) {
          if (error instanceof PluginError) {
            return [query.refId, { frames: [], error }];
          }
          throw error;
        }
      })
    );
  },

  async callResource({ method, path, url, headers, body }, send) {
    if (path === 'large') {
      const piece = Buffer.alloc(64 * 1024, 'x');
      for (let i = 0; i < 1_000; i++) {
        await send({ status: 200, body: piece });
      }
      return;
    }
    if (path === 'missing') {
      throw new PluginError('There is no such thing', 'downstream', 404);
    }
    const answer = { method, path, url, headers, body: Buffer.from(body).toString() };
    await send({ status: 201, headers: { 'x-echo': ['1', '2'] }, body: Buffer.from(JSON.stringify(answer)) });
  },

  async subscribeStream({ path }) {
    return path === 'ticks' ? { status: 'ok', initialFrame: frame } : { status: 'not-found' };
  },

  async publishStream() {
    return { status: 'permission-denied' };
  },

  async runStream({ data }, send, signal) {
    log.info('Stream runs', { data: JSON.stringify(data) });
    try {
      for (let tick = 0; ; tick++) {
        await send({ name: 'ticks', fields: [{ name: 'tick', type: 'number', values: [tick] }] });
      }
    } finally {
      log.warn('Stream ends', { aborted: signal.aborted });
    }
  },

  async stop() {
    log.info('Echo stops');
    if (process.env.ECHO_STOPS_LATE) {
      await sleep(60_000);
    }
  },
};

if (process.env.ECHO_REJECTS) {
  void Promise.reject(new Error('Nobody listens'));
}

void serve(plugin, { log });
