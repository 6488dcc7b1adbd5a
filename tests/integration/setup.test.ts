import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { english } from '../../src/sentences/english';
import type { SetupCheck, SetupCheckId } from '../../src/setup/setup-checks';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';

/** Starting the plugin twice takes its time on a busy machine. */
jest.setTimeout(30_000);

let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let dataSource: DataSource;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plugin-'));
  amiws = await startFakeAmiws(['pbx-east'], { clockOffsetMs: 95_000 });
  plugin = await startPlugin({ dataPath: folder });
  dataSource = { uid: 'cdr', name: 'CDR', jsonData: { amiwsUrl: amiws.url }, updated: 1 };
  await plugin.client.checkHealth(dataSource);
});
afterEach(async () => {
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

async function checks(): Promise<Map<SetupCheckId, SetupCheck>> {
  const { status, body } = await plugin.client.callResource(dataSource, { url: 'setup' });
  expect(status).toBe(200);
  const list = JSON.parse(body.toString()) as SetupCheck[];
  return new Map(list.map((check) => [check.id, check]));
}

/** The checks, once one of them has changed to a state. */
async function once(id: SetupCheckId, state: SetupCheck['state']): Promise<Map<SetupCheckId, SetupCheck>> {
  for (let attempt = 0; ; attempt++) {
    const found = await checks();
    if (found.get(id)?.state === state || attempt === 100) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const states = (found: Map<SetupCheckId, SetupCheck>) =>
  Object.fromEntries([...found].map(([id, { state }]) => [id, state]));

it('the check list tells what a PBX lacks from what it sends, and keeps knowing it after a restart', async () => {
  expect(states(await once('clock', 'problem'))).toMatchObject({ amiws: 'ok', pbx: 'ok', cdrEvents: 'unknown' });
  const unmapped = { LinkedID: undefined, Sequence: undefined } as unknown as Record<string, string>;
  for (let call = 0; call < 3; call++) {
    amiws.send(cdrFrame({ ...unmapped, LastApplication: 'Queue', LastData: 'support,,,' }));
  }
  const found = await once('callClass', 'problem');
  expect(states(found)).toEqual({
    amiws: 'ok',
    pbx: 'ok',
    cdrEvents: 'ok',
    did: 'unknown',
    linkedId: 'problem',
    sequence: 'problem',
    unanswered: 'unknown',
    store: 'ok',
    stored: 'ok',
    systemClass: 'unknown',
    agentClass: 'problem',
    callClass: 'problem',
    names: 'unknown',
    clock: 'problem',
    timestamps: 'problem',
    timeZone: 'ok',
    queueCounts: 'unknown',
    lostCallers: 'ok',
    traffic: 'ok',
    trunks: 'ok',
    agents: 'unknown',
    transfers: 'unknown',
    callsNow: 'unknown',
    callersWaiting: 'unknown',
    talkEnds: 'unknown',
    wrapUp: 'unknown',
  });
  expect(english(found.get('clock')!.found!)).toBe('The clock is 95 s fast.');

  await new Promise((resolve) => setTimeout(resolve, 1000));
  await plugin.kill();
  plugin = await startPlugin({ dataPath: folder });
  await plugin.client.checkHealth(dataSource);
  expect(states(await once('linkedId', 'problem'))).toMatchObject({ cdrEvents: 'unknown', sequence: 'problem' });
});

it('the check list says why amiws is not connected', async () => {
  await amiws.close();
  const { found, advice, parts } = (await once('amiws', 'problem')).get('amiws')!;
  expect(english(found!)).toBe('amiws is not connected.');
  expect(english(advice!)).toMatch(/ws_port|reconnects automatically/);
  expect(parts).toEqual(['amiws']);
});
