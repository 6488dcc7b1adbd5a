import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cdrFrame, frameText } from '../../../tests/support/cdr-frame';
import { startFakeAmi, type FakeAmi } from '../../../tests/support/fake-ami';
import { startFakeAmiws, type FakeAmiws } from '../../../tests/support/fake-amiws';
import { quietLog } from '../../../tests/support/quiet-log';
import type { DataResponse, PluginContext } from '../../plugin-protocol/plugin';
import { english } from '../../sentences/english';
import { setupChecks } from '../../setup/setup-checks';
import { checkHealth } from '../ask/check-health';
import { queryData } from '../ask/query-data';
import { setupSeen } from '../ask/setup-seen';
import { PluginMetrics } from '../plugin-metrics';
import type { DataSource } from './data-source';
import { DataSources } from './data-sources';

describe('a data source that logs in to PBXes itself', () => {
  let folder: string;
  let sources: DataSources;
  let metrics: PluginMetrics;
  let east: FakeAmi;
  let west: FakeAmi;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'direct-'));
    metrics = new PluginMetrics();
    sources = new DataSources(folder, metrics, quietLog);
    [east, west] = [await startFakeAmi(), await startFakeAmi({ secret: 'other' })];
  });
  afterEach(async () => {
    await sources.stop();
    await Promise.all([east.close(), west.close()]);
    await rm(folder, { recursive: true });
  });

  const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isTrue())) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const context = (jsonData: object, secureJsonData: Record<string, string> = {}, updated = 0): PluginContext => ({
    orgId: 1,
    pluginId: 'amiws-cdr-datasource',
    dataSource: { id: 1, uid: 'uid1', name: 'PBX', url: '', updated, jsonData, secureJsonData },
  });
  const pbx = (server: string, ami: FakeAmi) => ({ server, host: '127.0.0.1', port: ami.port, user: 'grafana' });
  const both = () => ({ connection: 'ami', pbxes: [pbx('east', east), null, pbx('west', west)] });
  /** The same record by either way. */
  const record = (): { frame: string; event: string } => {
    const frame = cdrFrame({}, 'east');
    const { data } = JSON.parse(frame) as { data: Record<string, string> };
    const lines = Object.entries(data).map(([key, value]) => `${key}: ${value}`);
    return { frame, event: `${lines.join('\r\n')}\r\n\r\n` };
  };
  const records = async (source: DataSource): Promise<number> => (await source.store.counts()).records;

  const alert = async (source: DataSource, server: string): Promise<DataResponse> => {
    const json = { queryType: 'calls', filters: { server: [server] } };
    const query = { refId: 'A', queryType: '', from: 0, to: 1, intervalMs: 1, maxDataPoints: 1, json };
    const request = { context: context({}), headers: { fromalert: 'true' }, queries: [query] };
    return (await queryData(source, request, new AbortController().signal)).get('A')!;
  };

  it('stores the calls of each PBX under its name, and says that all is well', async () => {
    const source = await sources.get(context(both(), { pbxSecret0: 'secret', pbxSecret2: 'other' }));
    await until(() => source.servers.filter(({ state }) => state === 'up').length === 2);
    const { event } = record();
    east.say(event);
    west.say(event);
    await until(async () => (await records(source)) === 2);
    expect(await checkHealth(source, true)).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(/^Logged in to east since .*\. Logged in to west since .*\. PBX: east, west\./),
    });
    const checks = setupChecks(await setupSeen(source), Date.now());
    expect(checks.map(({ id, server }) => `${id} ${server}`).slice(0, 3)).toEqual(['ami east', 'ami west', 'store ']);
    expect(source.answers.serversNow().map(({ server }) => server)).toEqual(['east', 'west']);
  });

  it('says of each PBX why it is not connected, to Admins only, and hears the others', async () => {
    const { pbxes, ...others } = both();
    const noHost = { server: 'north', host: '', user: 'grafana' };
    const source = await sources.get(
      context(
        { ...others, pbxes: [...pbxes, noHost, pbx('east', east)] },
        { pbxSecret0: 'secret', pbxSecret2: 'wrong' }
      )
    );
    await until(() => source.state.direct.get('west')?.state === 'disconnected');
    const { status, message } = await checkHealth(source, true);
    expect(status).toBe('error');
    expect(message).toContain(
      'west is not connected. Asterisk answers the login with: Authentication failed. Check user'
    );
    expect(message).toContain('north is not connected. It has no host.');
    expect(message).toContain('east is not connected. Another PBX has the same name.');
    expect((await checkHealth(source, false)).message).not.toMatch(/west|127/);
    const found = setupChecks(await setupSeen(source), Date.now()).filter(({ id }) => id === 'ami');
    expect(found.map(({ server, state }) => [server, state])).toEqual([
      ['east', 'ok'],
      ['west', 'problem'],
      ['north', 'problem'],
      ['east', 'problem'],
    ]);
    expect(source.servers).toMatchObject([{ server: 'east', state: 'up' }]);
  });

  it('counts a PBX that never let it in as silent: in its status, for alert rules and in metrics', async () => {
    const noHost = { server: 'north', host: '', user: 'grafana' };
    const settings = { ...both(), pbxes: [...both().pbxes, noHost] };
    const source = await sources.get(context(settings, { pbxSecret0: 'secret', pbxSecret2: 'wrong' }));
    await until(() => source.servers.some(({ state }) => state === 'up'));
    const silent = expect.objectContaining({ state: 'down', silentSeconds: expect.any(Number), heardSince: null });
    expect(source.serversNow().map(({ server }) => server)).toEqual(['east', 'west', 'north']);
    expect(source.serversNow().slice(1)).toEqual([silent, silent]);
    const asked = async (server: string) => (await alert(source, server)).error?.message ?? null;
    expect(await asked('west')).toMatch(/because the PBX is silent: west \(nothing heard for \d+ s\)/);
    expect(await asked('east')).toBeNull();
    const text = await metrics.text();
    expect(text).toContain('amiws_cdr_server_up{uid="uid1",server="west"} 0');
    expect(text).toContain('# HELP amiws_cdr_connected 1 while a connection to amiws or a PBX is open');

    await sources.get(context({ ...both(), pbxes: [pbx('east', east)] }, { pbxSecret0: 'secret' }, 1));
    expect(source.serversNow().map(({ server }) => server)).toEqual(['east']);
    expect(await metrics.text()).not.toContain('west');
  });

  it('says in health and in the check list that a login lacks the read class system, until one has it', async () => {
    const limited = await startFakeAmi({ events: [] });
    const source = await sources.get(
      context({ connection: 'ami', pbxes: [pbx('east', limited)] }, { pbxSecret0: 'secret' })
    );
    await until(() => source.servers.some(({ state }) => state === 'up'));
    const found = async () => {
      const checks = setupChecks(await setupSeen(source), Date.now());
      return checks.find(({ id }) => id === 'systemClass')!.state;
    };
    const lacks = async () => (await checkHealth(source, true)).message.includes("east doesn't send FullyBooted.");
    expect([await found(), await lacks()]).toEqual(['unknown', false]);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => performance.timeOrigin + performance.now() + 31_000);
    try {
      expect([await found(), await lacks()]).toEqual(['problem', true]);
      limited.say('Event: FullyBooted\r\nUptime: 1\r\n\r\n');
      await until(async () => (await found()) === 'ok');
      expect(await lacks()).toBe(false);
    } finally {
      clock.mockRestore();
      await limited.close();
    }
  });

  it('goes on with the history that came through amiws, without a gap between', async () => {
    const amiws = await startFakeAmiws(['east']);
    const source = await sources.get(context({ amiwsUrl: amiws.url }));
    await until(() => source.servers.some(({ state }) => state === 'up'));
    const heard = record();
    amiws.send(heard.frame);
    await until(async () => (await records(source)) === 1);
    const settings = { amiwsUrl: amiws.url, connection: 'ami', pbxes: [pbx('east', east)] };
    expect(await sources.get(context(settings, { pbxSecret0: 'secret' }, 1))).toBe(source);
    await until(() => amiws.connections === 0);
    east.say(heard.event);
    east.say(record().event);
    await until(async () => (await records(source)) === 2);
    expect(source.servers).toMatchObject([{ server: 'east', state: 'up' }]);
    expect(await source.gaps(0, Date.now() + 1)).toEqual([]);
    expect(source.state.connection).toBeNull();
    await amiws.close();
  });

  it('tells a gap while one PBX is away, and of that alone', async () => {
    const source = await sources.get(context(both(), { pbxSecret0: 'secret', pbxSecret2: 'other' }));
    await until(() => source.servers.filter(({ state }) => state === 'up').length === 2);
    east.cut();
    await until(async () => (await source.gaps(0, Date.now() + 1)).some(({ endTime }) => endTime !== null));
    expect(await source.gaps(0, Date.now() + 1)).toMatchObject([{ server: 'east', reason: 'disconnected' }]);
  });

  it('is heard again within seconds of a change where a user may log in only once', async () => {
    const single = await startFakeAmi({ single: true });
    const settings = { connection: 'ami', pbxes: [pbx('east', single)] };
    const source = await sources.get(context(settings, { pbxSecret0: 'secret' }));
    const isUp = (): boolean => source.servers.some(({ state }) => state === 'up');
    const logins = (): number => single.received.filter((action) => action.startsWith('Action: Login')).length;
    await until(isUp);
    const more = { ...settings, pbxes: [...settings.pbxes, { server: 'west', host: '127.0.0.1', port: 1, user: 'x' }] };
    await sources.get(context(more, { pbxSecret0: 'secret' }, 1));
    await until(() => logins() > 2 && !source.isReconnecting && isUp());
    await until(async () => (await source.gaps(0, Date.now() + 1)).length > 0);
    expect(await source.gaps(0, Date.now() + 1)).toMatchObject([{ server: 'east', endTime: expect.any(Number) }]);
    await single.close();
  }, 20_000);

  it('knows the clock of each PBX, and which of them is off', async () => {
    const ahead = await startFakeAmi({ clockOffsetMs: 3_600_000 });
    const pbxes = [pbx('east', east), pbx('ahead', ahead)];
    const source = await sources.get(
      context({ connection: 'ami', pbxes }, { pbxSecret0: 'secret', pbxSecret1: 'secret' })
    );
    const clocks = () => new Map(source.serversNow().map(({ server, clockOffset }) => [server, clockOffset ?? NaN]));
    await until(() => [...clocks().values()].every((offset) => !Number.isNaN(offset)));
    expect(clocks().get('east')).toBeCloseTo(0, 0);
    expect(clocks().get('ahead')).toBeCloseTo(3_600, 0);
    const checks = setupChecks(await setupSeen(source), Date.now()).filter(({ id }) => id === 'clock');
    expect(new Map(checks.map(({ server, state }) => [server, state]))).toEqual(
      new Map([
        ['ahead', 'problem'],
        ['east', 'ok'],
      ])
    );
    await ahead.close();
  });

  describe('and listens to amiws beside', () => {
    let amiws: FakeAmiws;
    const beside = async (servers: readonly string[]): Promise<DataSource> => {
      amiws = await startFakeAmiws(servers);
      const settings = { amiwsUrl: amiws.url, connection: 'both', pbxes: [pbx('east', east)] };
      const source = await sources.get(context(settings, { pbxSecret0: 'secret' }));
      await until(() => heardBy(source) === [...new Set(['east', ...servers])].sort().join());
      return source;
    };
    afterEach(() => amiws.close());
    const heardBy = (source: DataSource): string =>
      source.servers
        .flatMap(({ server, state }) => (state === 'up' ? [server] : []))
        .sort()
        .join();
    const gaps = (source: DataSource) => source.gaps(0, Date.now() + 1);
    const checks = async (source: DataSource): Promise<string[]> =>
      setupChecks(await setupSeen(source), Date.now())
        .filter(({ id }) => ['amiws', 'ami', 'pbx'].includes(id))
        .map(({ id, server, state }) => `${id} ${server} ${state}`)
        .sort();
    const callsNow = (source: DataSource): string[] => source.answers.boardNow().calls.map(({ server }) => server);
    const channel = 'Event: Newchannel\r\nChannel: PJSIP/1001-00000001\r\nUniqueid: 7.1\r\nLinkedid: 7.1\r\n\r\n';

    it('stores the calls of both, and loses one without harm to the other', async () => {
      const source = await beside(['west']);
      amiws.send(cdrFrame({}, 'west'));
      east.say(record().event);
      await until(async () => (await records(source)) === 2);
      expect(await checks(source)).toEqual(['ami east ok', 'amiws  ok', 'pbx east ok', 'pbx west ok']);
      expect((await checkHealth(source, true)).message).toMatch(/amiws since .*Logged in to east since .*PBX: /);

      east.cut();
      await until(() => heardBy(source) === 'west');
      expect(source.state.connection?.state).toBe('connected');
      await until(async () => (await gaps(source)).some(({ endTime }) => endTime !== null));
      expect(heardBy(source)).toBe('east,west');
      expect(await gaps(source)).toMatchObject([{ server: 'east', reason: 'disconnected' }]);

      await amiws.close();
      await until(() => heardBy(source) === 'east');
      expect((await gaps(source)).filter(({ server }) => server === 'west')).toMatchObject([{ endTime: null }]);
      expect(await checks(source)).toEqual(['ami east ok', 'amiws  problem', 'pbx east ok', 'pbx west problem']);
    });

    it('hears a PBX from its own login alone where amiws sends it too', async () => {
      const source = await beside(['east', 'west']);
      east.say(channel);
      await until(() => callsNow(source).length === 1);
      amiws.send(frameText(1, 'east', 3, { Event: 'FullyBooted', Uptime: '1', Status: 'Fully Booted' }));
      amiws.send(cdrFrame({}, 'east'));
      amiws.send(cdrFrame({}, 'west'));
      await until(async () => (await records(source)) > 0);
      expect([await records(source), callsNow(source), await gaps(source)]).toEqual([1, ['east'], []]);
      const [, login] = setupChecks(await setupSeen(source), Date.now());
      expect(english(login!.found)).toContain('What amiws sends under this name is ignored.');

      await amiws.close();
      await until(() => heardBy(source) === 'east');
      expect((await gaps(source)).map(({ server }) => server)).toEqual(['west']);
      expect(callsNow(source)).toEqual(['east']);
    });
  });

  it('wants a PBX where none is set', async () => {
    const source = await sources.get(context({ connection: 'ami' }));
    expect((await checkHealth(source, true)).message).toBe(
      'No PBX is set. Under Connection, add one with its host, user, and secret.'
    );
    expect(setupChecks(await setupSeen(source), Date.now())[0]).toMatchObject({ id: 'ami', state: 'problem' });
  });
});
