import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { frameText } from '../../../tests/support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../../../tests/support/fake-amiws';
import { quietLog } from '../../../tests/support/quiet-log';
import type { PluginContext } from '../../plugin-protocol/plugin';
import { setupChecks } from '../../setup/setup-checks';
import type { Store } from '../../store/store';
import { storeName } from '../../store/store-name';
import { checkHealth } from '../ask/check-health';
import { setupSeen } from '../ask/setup-seen';
import { PluginMetrics } from '../plugin-metrics';
import { DataSources } from './data-sources';
import type { KnownInstance } from './known-instances';

describe('the data sources of this process', () => {
  let folder: string;
  let amiws: FakeAmiws;
  let running: DataSources[];

  const open = (): DataSources => {
    const sources = new DataSources(folder, new PluginMetrics(), quietLog);
    running.push(sources);
    return sources;
  };
  const context = (jsonData: object, updated = 0, uid = 'uid1'): PluginContext => ({
    orgId: 1,
    pluginId: 'amiws-cdr-datasource',
    dataSource: { id: 1, uid, name: 'PBX', url: '', updated, jsonData, secureJsonData: {} },
  });
  const remembered = async () =>
    JSON.parse(await readFile(path.join(folder, 'instances.json'), 'utf8')) as KnownInstance[];
  const until = async (isTrue: () => boolean | Promise<boolean>) => {
    while (!(await isTrue())) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sources-'));
    amiws = await startFakeAmiws(['pbx']);
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((sources) => sources.stop()));
    await amiws.close();
    await rm(folder, { recursive: true });
  });

  it('do not listen to one that only browsers hear, and do not resume it after a restart', async () => {
    const sources = open();
    const source = await sources.get(context({}));
    const stopped = jest.spyOn(source, 'stop');
    await expect(sources.get(context({ mode: 'browser', amiwsUrl: 'ws://127.0.0.1:9' }))).rejects.toThrow(
      'browser-only mode'
    );
    expect(stopped).toHaveBeenCalledTimes(1);
    await sources.stop();
    expect(await remembered()).toMatchObject([{ uid: 'uid1', resumes: false }]);
  });

  it('go by the settings that are understood: a key more makes no other data source and no other connection', async () => {
    const sources = open();
    const settings = { amiwsUrl: amiws.url, timeZone: 'UTC' };
    const source = await sources.get(context(settings));
    await until(() => amiws.connections === 1);
    expect(await sources.get(context({ ...settings, tlsAuth: false, unknown: 1 }))).toBe(source);
    expect(await sources.get(context(settings))).toBe(source);
    expect(await sources.get(context({ ...settings, serviceLevelThreshold: 30 }, 1))).toBe(source);
    expect(source.settings.serviceLevelThreshold).toBe(30);
    expect(amiws.accepted).toBe(1);
  });

  it('go by a request that comes before they are resumed: only that brings secrets', async () => {
    const before = open();
    await before.get(context({ serviceLevelThreshold: 20 }));
    await before.stop();
    const sources = open();
    const resumed = sources.resume();
    const source = await sources.get(context({ serviceLevelThreshold: 30 }));
    await resumed;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(source.settings.serviceLevelThreshold).toBe(30);
  });

  it('do not go back to settings from before a save, which Grafana sends for some seconds after it', async () => {
    const sources = open();
    await sources.get(context({ serviceLevelThreshold: 20 }, 1_000));
    const source = await sources.get(context({ serviceLevelThreshold: 30 }, 2_000));
    await sources.get(context({ serviceLevelThreshold: 20 }, 1_000));
    expect(source.settings.serviceLevelThreshold).toBe(30);
  });

  it('go by older settings when newer ones have not come for a minute, as after a database was put back', async () => {
    const sources = open();
    const source = await sources.get(context({ serviceLevelThreshold: 30 }, 2_000));
    const later = performance.now() + 61_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    await sources.get(context({ serviceLevelThreshold: 20 }, 1_000));
    clock.mockRestore();
    expect(source.settings.serviceLevelThreshold).toBe(20);
  });

  it('keep listening by the settings of before while those that were saved can not be used', async () => {
    const sources = open();
    const source = await sources.get(context({ amiwsUrl: amiws.url }, 1));
    await expect(sources.get(context({ amiwsUrl: amiws.url, agentPatterns: ['('] }, 2))).rejects.toThrow();
    await until(() => source.state.isConnected);
    expect([amiws.connections, amiws.accepted]).toEqual([1, 1]);
    expect(await sources.get(context({ amiwsUrl: amiws.url }, 3))).toBe(source);
  });

  it('change to another address without a moment in which nothing is connected', async () => {
    const other = await startFakeAmiws(['pbx']);
    const sources = open();
    const source = await sources.get(context({ amiwsUrl: amiws.url }, 1));
    await until(() => source.serversNow().length === 1);
    await sources.get(context({ amiwsUrl: other.url }, 2));
    await until(() => amiws.connections === 0);
    expect(other.connections).toBe(1);
    expect(source.serversNow()).toMatchObject([{ server: 'pbx', state: 'up' }]);
    expect(await source.answers.gaps(0, Number.MAX_SAFE_INTEGER)).toEqual([]);
    await other.close();
  });

  it('go by another directory without another store, connection or derivation', async () => {
    const sources = open();
    const source = await sources.get(context({ amiwsUrl: amiws.url }));
    await until(() => amiws.connections === 1 && source.derivationProgress === null);
    const { store } = source;
    const directory = [{ id: '1001', name: 'Ann', teams: ['Front'] }];
    await sources.get(context({ amiwsUrl: amiws.url, directory }, 1));
    expect(source.answers.directory.teams.get('1001')).toEqual(['Front']);
    expect([source.store, source.derivationProgress, amiws.accepted]).toEqual([store, null, 1]);
  });

  it('end live streams when the same question has another answer, and only then', async () => {
    const sources = open();
    const source = await sources.get(context({ serviceLevelThreshold: 20 }, 1));
    let ended = 0;
    const watch = () => source.changes.subscribe({ complete: () => ended++ });
    watch();
    await sources.get(context({ serviceLevelThreshold: 20, retentionDays: 10 }, 2));
    expect(ended).toBe(0);
    await sources.get(context({ serviceLevelThreshold: 30 }, 3));
    expect(ended).toBe(1);
    watch();
    await sources.stop();
    expect(ended).toBe(2);
  });

  it('resume the others though one can not be resumed', async () => {
    const entry = (uid: string, jsonData: unknown) => ({ orgId: 1, uid, name: uid, jsonData, updated: 0 });
    const entries = [{ uid: 'half' }, entry('bad', { amiwsUrl: 7 }), entry('good', { amiwsUrl: amiws.url })];
    await writeFile(path.join(folder, 'instances.json'), JSON.stringify(entries));
    await open().resume();
    await until(() => amiws.connections === 1);
  });

  describe('that nobody asks for any more', () => {
    const hour = 3_600_000;
    const entry = (idleHours: number) => [
      { orgId: 1, uid: 'uid1', name: 'PBX', jsonData: { amiwsUrl: amiws.url }, updated: 0, idleHours },
    ];

    it('are not listened to after 90 days of running, and not resumed after that', async () => {
      await writeFile(path.join(folder, 'instances.json'), JSON.stringify(entry(90 * 24 - 2)));
      const timers = jest.spyOn(global, 'setInterval');
      const sources = open();
      const passHour = timers.mock.calls.find(([, ms]) => ms === hour)![0] as () => void;
      timers.mockRestore();
      await sources.resume();
      await until(() => sources.ofOrg(1).list()[0]!.isListening);
      expect(amiws.connections).toBe(1);
      passHour();
      expect(sources.ofOrg(1).list()).toMatchObject([{ uid: 'uid1', isListening: true, idleHours: 90 * 24 - 1 }]);
      passHour();
      await until(() => amiws.connections === 0);
      await sources.stop();
      expect(await remembered()).toMatchObject([{ uid: 'uid1', resumes: false }]);
      const next = open();
      await next.resume();
      expect(next.ofOrg(1).list()).toMatchObject([{ uid: 'uid1', isListening: false }]);
    });

    it('count from nothing once a request is made for them', async () => {
      await writeFile(path.join(folder, 'instances.json'), JSON.stringify(entry(1_000)));
      const sources = open();
      await sources.resume();
      await sources.get(context({ amiwsUrl: amiws.url }));
      expect(sources.ofOrg(1).list()).toMatchObject([{ idleHours: 0 }]);
    });

    it('can be stopped, and begin again when a request is made for them', async () => {
      const sources = open();
      await sources.get(context({ amiwsUrl: amiws.url }));
      await until(() => amiws.connections === 1);
      await sources.ofOrg(1).stopListening('uid1');
      await until(() => amiws.connections === 0);
      expect(sources.ofOrg(1).list()).toMatchObject([{ uid: 'uid1', isListening: false }]);
      await sources.get(context({ amiwsUrl: amiws.url }));
      await until(() => amiws.connections === 1);
    });

    it('can be deleted with all that was stored of them, and nothing of others', async () => {
      const sources = open();
      const source = await sources.get(context({ amiwsUrl: amiws.url }));
      await sources.get(context({}, 0, 'uid10'));
      await until(() => source.serversNow().length === 1);
      await sources.ofOrg(1).deleteStored('uid1');
      expect((await readdir(folder)).filter((name) => name.endsWith('.duckdb'))).toHaveLength(1);
      expect(sources.ofOrg(1).list()).toMatchObject([{ uid: 'uid10' }]);
      await expect(sources.ofOrg(2).deleteStored('uid10')).rejects.toThrow('uid10');
    });
  });

  it('neither wait for a database that hangs when settings are saved, nor when they stop', async () => {
    const sockets: Socket[] = [];
    const database = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    await once(database.listen(0, '127.0.0.1'), 'listening');
    const { port } = database.address() as AddressInfo;
    const hanging = { server: 'pbx', type: 'mysql', host: '127.0.0.1', port, user: 'reader' };
    const sources = open();
    const source = await sources.get(context({ amiwsUrl: amiws.url, imports: [hanging] }, 1));
    await source.imports.start(0);
    await until(() => sockets.length === 1);
    await sources.get(context({ amiwsUrl: amiws.url, imports: [{ ...hanging, table: 'other' }] }, 2));
    await source.imports.start(0);
    await until(() => sockets.length === 2);
    expect(await source.stop()).toBe(true);
    expect(amiws.accepted).toBe(1);
    sockets.forEach((socket) => socket.destroy());
    database.close();
  });

  it('note until when each PBX was heard before they wait for anything', async () => {
    const sources = open();
    const source = await sources.get(context({ amiwsUrl: amiws.url }));
    await until(() => source.serversNow().length === 1);
    amiws.send(frameText(1, 'pbx', 3, { Event: 'Hangup', Uniqueid: '1.1' }));
    const before = Date.now();
    const stopped = sources.stop();
    const after = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    await stopped;
    const next = await open().get(context({}));
    const [heard] = [...(await next.store.lastHeard()).values()];
    expect(heard).toBeGreaterThanOrEqual(before);
    expect(heard).toBeLessThanOrEqual(after);
  });

  it('store the stretch in which they did not run as a gap, however short', async () => {
    const first = open();
    const source = await first.get(context({ amiwsUrl: amiws.url }));
    await until(() => source.serversNow().length === 1);
    const before = Date.now();
    await first.stop();
    const next = await open().get(context({ amiwsUrl: amiws.url }));
    await until(async () => (await next.store.gaps(0, Number.MAX_SAFE_INTEGER)).length > 0);
    const [gap, ...others] = await next.store.gaps(0, Number.MAX_SAFE_INTEGER);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ server: 'pbx', reason: 'stopped' });
    expect(gap!.startTime).toBeGreaterThanOrEqual(before);
    expect(gap!.endTime).toBeLessThanOrEqual(Date.now());
  });

  it('say what is wrong with the address that was saved, and not that the one before is connected', async () => {
    const sources = open();
    const source = await sources.get(context({ amiwsUrl: amiws.url }, 1));
    await until(() => source.serversNow().length === 1);
    await sources.get(context({ amiwsUrl: 'ws://127.0.0.1:1' }, 2));
    expect((await checkHealth(source, true)).message).toContain('amiws is not connected');
  });

  it('compare what Asterisk counted in its queues with what they heard of them', async () => {
    const metrics = new PluginMetrics();
    const sources = new DataSources(folder, metrics, quietLog);
    running.push(sources);
    const source = await sources.get(context({ amiwsUrl: amiws.url }));
    await until(() => source.serversNow().length === 1);
    const now = Date.now();
    const send = (secondsAgo: number, fields: Record<string, string>) =>
      amiws.send(
        frameText(1, 'pbx', 3, { Timestamp: (now / 1000 - secondsAgo).toFixed(3), Queue: 'support', ...fields })
      );
    send(120, { Event: 'QueueParams', Completed: '4', Abandoned: '1' });
    send(60, { Event: 'QueueCallerAbandon', Uniqueid: '1.1', Linkedid: '1.1', HoldTime: '5' });
    const member = { Event: 'QueueMember', Location: 'PJSIP/1001', LoginTime: '1' };
    send(120, { ...member, CallsTaken: '3' });
    send(10, { Event: 'QueueParams', Completed: '6', Abandoned: '2' });
    send(10, { ...member, CallsTaken: '5' });
    const differences = () => source.answers.differences(0, Number.MAX_SAFE_INTEGER);
    await until(async () => (await differences()).length > 0);
    expect(await differences()).toMatchObject([
      {
        server: 'pbx',
        queue: 'support',
        agent: '',
        outcome: 'answered',
        more: 2,
        startTime: now - 120_000,
        endTime: now - 10_000,
      },
      { queue: 'support', agent: '1001', outcome: 'answered', more: 2 },
    ]);
    expect(await metrics.text()).toContain(
      'amiws_cdr_queue_differences_total{uid="uid1",server="pbx",outcome="answered"} 2'
    );
    expect(await metrics.text()).toContain('amiws_cdr_agent_differences_total{uid="uid1",server="pbx"} 2');
  });

  it('keep where Asterisk counted other visits, and say so in Save & test until the gap is filled in', async () => {
    const source = await open().get(context({ amiwsUrl: amiws.url }));
    await until(() => source.serversNow().length === 1);
    const counters = { Event: 'QueueParams', Queue: 'support', Completed: '4', Abandoned: '1' };
    amiws.send(frameText(1, 'pbx', 3, counters));
    await until(async () => (await source.store.readings()).length === 1);
    const now = Date.now();
    const stretch = { server: 'pbx', queue: 'support', agent: '', startTime: now - 180_000, endTime: now };
    await (source.store as Store).keepAudit([], [{ ...stretch, outcome: 'abandoned', more: 3 }]);
    const { message, details } = await checkHealth(source, true);
    expect(message).toContain('pbx, queue support: Asterisk counted 3 more abandoned visits');
    expect(details).toMatchObject({ differences: [stretch] });
    const gap = { server: 'pbx', startTime: now - 60_000, endTime: now - 50_000, reason: 'silent' as const };
    await source.store.addGap(gap);
    jest
      .spyOn(source.imports, 'withFilled')
      .mockImplementation((gaps) => gaps.map((one) => ({ ...one, filled: true })));
    expect((await checkHealth(source, true)).message).not.toContain('Asterisk counted');
  });

  it('say what is gone from the store in Save & test, and which files are kept of it to an Admin only', async () => {
    const source = await open().get(context({ amiwsUrl: amiws.url }));
    await until(() => source.serversNow().length === 1);
    const endTime = Date.now() - 86_400_000;
    await source.store.addGap({ server: 'pbx', startTime: endTime - 60_000, endTime, reason: 'lost' });
    const kept = `${storeName('1-uid1')}.duckdb.wal.damaged-2026-11-24T12-00-00-000Z`;
    await writeFile(path.join(folder, kept), '');
    const { message } = await checkHealth(source, true);
    expect(message).toMatch(/CDRs of pbx from .* to .* were lost/);
    expect(message).toContain(`Damaged files of the store remain next to it: ${kept}.`);
    expect(JSON.stringify(await checkHealth(source, false))).not.toMatch(/damaged|lost/i);
    const stored = setupChecks(await setupSeen(source), Date.now()).find(({ id }) => id === 'stored');
    expect(stored).toMatchObject({ state: 'problem' });
    expect(JSON.stringify(stored?.advice)).toContain(kept);
  });

  it('are shown as not connected in metrics once they were stopped', async () => {
    const metrics = new PluginMetrics();
    const sources = new DataSources(folder, metrics, quietLog);
    const source = await sources.get(context({ amiwsUrl: amiws.url }));
    await until(() => source.serversNow().length === 1);
    expect(await metrics.text()).toContain('amiws_cdr_connected{uid="uid1"} 1');
    await sources.stop();
    const text = await metrics.text();
    expect(text).toContain('amiws_cdr_connected{uid="uid1"} 0');
    expect(text).toContain('amiws_cdr_server_up{uid="uid1",server="pbx"} 0');
  });
});
