import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Subscription } from 'rxjs';
import { livePath } from '../../src/query/live-path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import type { FrameJson } from '../../tools/plugin-host/plugin-client';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';

const hour = 3_600_000;

let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let dataSource: DataSource;
let watching: Subscription;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'live-'));
  amiws = await startFakeAmiws(['pbx-east']);
  plugin = await startPlugin({ dataPath: folder });
  dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  watching = new Subscription();
  await plugin.client.checkHealth(dataSource);
  await amiws.connected();
});
afterEach(async () => {
  watching.unsubscribe();
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

const subscription = (query: object, rangeMs = hour) => ({ query, start: { rangeMs }, intervalMs: 60_000 });

/** Watches a channel as Grafana does, and gives what it sent and how it ended. */
function watch(query: object, rangeMs?: number) {
  const data = subscription(query, rangeMs);
  const frames: FrameJson[] = [];
  let ended: { error?: string } | null = null;
  watching.add(
    plugin.client.runStream(dataSource, livePath('', data), data).subscribe({
      next: (frame) => frames.push(frame),
      error: (error) => (ended = { error: String(error) }),
      complete: () => (ended = {}),
    })
  );
  return { frames, ended: () => ended };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let attempt = 0; !isSo() && attempt < 200; attempt++) {
    await sleep(50);
  }
  expect(isSo()).toBe(true);
}

const kinds = [
  { queryType: 'calls' },
  { queryType: 'records' },
  { queryType: 'statistics', metrics: ['totalCalls'] },
  { queryType: 'queueStatus' },
  { queryType: 'callsNow' },
  { queryType: 'callersWaiting' },
  { queryType: 'servers' },
];

it('fails each stream when its data source ends, so that Grafana runs it again', async () => {
  const streams = kinds.map((query) => watch(query));
  await until(() => streams.slice(2).every(({ frames }) => frames.length > 0));
  void plugin.client.checkHealth({ ...dataSource, jsonData: { mode: 'browser' }, updated: 2 });
  await until(() => streams.every(({ ended }) => ended() !== null));
  expect(streams.map(({ ended }) => ended())).toEqual(
    kinds.map(() => ({ error: expect.stringContaining('The data source has stopped') as string }))
  );
  dataSource = { ...dataSource, updated: 3 };
  await plugin.client.checkHealth(dataSource);
  const again = watch(kinds[2]!);
  await until(() => again.frames.length > 0);
});

it('fails each stream when the plugin stops', async () => {
  const streams = kinds.map((query) => watch(query));
  await until(() => streams.slice(2).every(({ frames }) => frames.length > 0));
  await plugin.stop();
  await until(() => streams.every(({ ended }) => ended() !== null));
  expect(streams.map(({ ended }) => ended()?.error)).toEqual(
    kinds.map(() => expect.stringContaining('stop') as string)
  );
});

it('says of a call that it stopped to match', async () => {
  const missed = watch({ queryType: 'calls', filters: { outcome: ['missed'] } });
  const linkedId = `${Math.floor(Date.now() / 1000)}.77`;
  const call = { LinkedID: linkedId, UniqueID: linkedId };
  amiws.send(cdrFrame({ ...call, Disposition: 'NO ANSWER', AnswerTime: '', BillableSeconds: '0' }));
  await until(() => missed.frames.length > 0);
  amiws.send(cdrFrame({ ...call, UniqueID: `${linkedId}8` }));
  await until(() => missed.frames.some(({ schema }) => schema?.name === 'Gone'));
  expect(missed.frames.at(-1)).toMatchObject({
    schema: { meta: { custom: { live: 'gone' } }, fields: [{ name: 'server' }, { name: 'linkedId' }] },
    data: { values: [['pbx-east'], [linkedId]] },
  });
});

it('lets a figure of the last seconds fall when nothing happens any more', async () => {
  const count = watch({ queryType: 'statistics', metrics: ['totalCalls'] }, 14_000);
  amiws.send(cdrFrame());
  const values = () => count.frames.map(({ data }) => data?.values[0]?.[0]);
  await until(() => values().includes(1));
  await until(() => values().at(-1) === 0);
});

it('refuses a user’s subscriptions over what one may have, and takes others in', async () => {
  const as = (login: string, role: 'Viewer' | 'Admin'): DataSource => ({ ...dataSource, askedBy: { login, role } });
  const join = async (who: DataSource, rangeMs: number) => {
    const data = subscription({ queryType: 'servers' }, rangeMs);
    return (await plugin.client.subscribeStream(who, livePath('', data), data)).status;
  };
  const answers = await Promise.all(Array.from({ length: 500 }, (_, n) => join(as('eve', 'Viewer'), n + 1)));
  expect(answers.filter((status) => status === 'ok')).toHaveLength(100);
  expect(await join(as('root', 'Admin'), hour)).toBe('ok');
});
