import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { firstValueFrom, timeout } from 'rxjs';
import { livePath } from '../../src/query/live-path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { selfSignedCertificate } from '../self-signed-certificate';
import { cdrFrame } from '../support/cdr-frame';
import { startFakeAmi, type FakeAmiOptions } from '../support/fake-ami';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';

const hour = 3_600_000;

let folder: string;
let data: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'protection-'));
  data = path.join(folder, 'data');
  await mkdir(data);
  amiws = await startFakeAmiws(['pbx-east']);
  plugin = await startPlugin({ dataPath: data });
});
afterEach(async () => {
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

const sourceAt = (amiwsUrl: string, more: Partial<DataSource> = {}): DataSource => ({
  uid: 'cdr',
  name: 'CDR',
  updated: 1,
  ...more,
  jsonData: { amiwsUrl, ...more.jsonData },
});

function query(json: unknown) {
  const range = { from: Date.now() - hour, to: Date.now() + hour };
  return { refId: 'A', queryType: '', json, ...range, intervalMs: 60_000, maxDataPoints: 100 };
}

async function ask(source: DataSource, json: unknown, headers = {}) {
  return (await plugin.client.queryData(source, [query(json)], headers)).get('A')!;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Everything that leaves the plugin for a data source but what it sends to amiws. */
async function allThatIsTold(source: DataSource): Promise<string> {
  const live = { query: { queryType: 'servers' }, start: { rangeMs: hour }, intervalMs: 60_000 };
  const told: unknown[] = [
    await plugin.client.checkHealth(source),
    await ask(source, { queryType: 'servers' }),
    await ask(source, { queryType: 'calls', unknownField: 1 }),
    await plugin.client.collectMetrics(),
    await firstValueFrom(plugin.client.runStream(source, livePath('', live), live).pipe(timeout(10_000))).catch(String),
  ];
  const range = `from=0&to=${Date.now()}`;
  const rows = `export?id=12345678&query=%7B%22queryType%22%3A%22calls%22%7D&${range}`;
  for (const url of ['status', 'setup', 'suggestions?field=agent', 'nothing', 'export-progress?id=12345678', rows]) {
    told.push((await plugin.client.callResource(source, { url })).body.toString());
  }
  return JSON.stringify(told);
}

async function allThatIsWritten(): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'));
  return [...(await Promise.all(texts)), ...plugin.logs].join('\n');
}

describe('folders and addresses are for Admins', () => {
  const askedBy = { login: 'ann', role: 'Viewer' as const };
  const places = (source: DataSource) => [data, new URL((source.jsonData as { amiwsUrl: string }).amiwsUrl).host];

  it.each(['a connection that stands', 'amiws that can not be reached'])(
    'with %s',
    async (what) => {
      const source = sourceAt(what.startsWith('a conn') ? amiws.url : 'ws://127.0.0.1:9');
      const admins = await allThatIsTold(source);
      const viewers = await allThatIsTold({ ...source, askedBy });
      expect(admins).toContain(data);
      places(source).forEach((place) => expect(viewers).not.toContain(place));
      expect(viewers).toContain('Only an Admin may ask for GET status');
    },
    60_000
  );

  it('also with a store that can not be opened', async () => {
    await mkdir(path.join(data, '1-cdr.duckdb'));
    const source = sourceAt(amiws.url);
    expect(await allThatIsTold(source)).toContain(data);
    expect(await allThatIsTold({ ...source, askedBy })).not.toContain(data);
  }, 60_000);
});

describe('no way leads from a user of Grafana to an action of the PBX', () => {
  const action = '{"Action":"Originate","Channel":"PJSIP/1001","Application":"System","Data":"MARK"}';
  const texts = [action, `x\r\nAction: Originate\r\nChannel: PJSIP/1001\r\nData: MARK\r\n\r\n`];

  it('not from resources, live channels, queries, headers, or settings', async () => {
    const ami = await startFakeAmi();
    const pbx = (more: object = {}) => ({ server: 'pbx', host: '127.0.0.1', port: ami.port, user: 'grafana', ...more });
    const source = sourceAt(amiws.url, {
      jsonData: { connection: 'both', pbxes: [pbx()] },
      secureJsonData: { pbxSecret0: 'secret' },
    });
    expect((await plugin.client.checkHealth(source)).status).toBe('ok');
    for (const text of texts) {
      for (const url of [
        'action',
        'status',
        'setup',
        `suggestions?field=${encodeURIComponent(text)}`,
        'preview-rules',
      ]) {
        for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
          const headers = { 'X-Action': [text.replaceAll('\r\n', ' ')] };
          await plugin.client.callResource(source, { url, method, headers, body: Buffer.from(text) });
        }
      }
      const live = {
        query: { queryType: 'servers', filters: { server: [text] } },
        start: { rangeMs: 1 },
        intervalMs: 1,
      };
      const channel = livePath('', live);
      for (const sent of [live, text, JSON.parse(action) as object]) {
        expect(await plugin.client.publishStream(source, channel, sent)).toBe('permission-denied');
        expect(await plugin.client.publishStream(source, 'action', sent)).toBe('permission-denied');
      }
      await plugin.client.subscribeStream(source, channel, live);
      const fields = ['source', 'destination', 'queue', 'agent', 'server', 'linkedId', 'accountCode'];
      for (const field of fields) {
        await ask(source, { queryType: 'calls', filters: { [field]: text } }, { 'X-Action': 'Originate' });
      }
      await ask(source, JSON.parse(action));
      await ask(source, text);
      const jsonData = {
        Action: 'Originate',
        action: text,
        basicAuthUser: text,
        headerNames: [text, 'X-Action'],
        serverTimeZones: { [text]: 'UTC' },
        externalChannels: [],
        directionRules: [{ field: 'source', pattern: 'MARK', direction: 'inbound' }],
        connection: 'both',
        pbxes: [pbx({ server: text, user: text })],
      };
      const secureJsonData = { basicAuthPassword: text, header0: text, header1: 'Originate', pbxSecret0: text };
      await plugin.client.checkHealth(
        sourceAt(amiws.url, { uid: 'other', updated: Date.now(), jsonData, secureJsonData })
      );
    }
    amiws.send(cdrFrame({ Source: action }));
    const received = amiws.received.map((text) => JSON.parse(text) as Record<string, string>);
    expect([...new Set(received.map(({ Action }) => Action))].sort()).toEqual(['Ping', 'QueueStatus']);
    received.forEach((sent) => expect(Object.keys(sent).sort()).toEqual(['Action', 'ActionID']));
    expect(amiws.received.join()).not.toContain('MARK');
    const actions = ami.received.map((text) => text.split('\r\n').map((line) => line.split(': ')));
    expect([...new Set(actions.map(([[, action]]) => action))].sort()).toEqual([
      'Challenge',
      'Login',
      'Ping',
      'QueueStatus',
    ]);
    const marked = actions.flat().filter((line) => line.join().includes('MARK'));
    expect([...new Set(marked.map(([key]) => key))]).toEqual(['Username']);
    await ami.close();
  }, 120_000);
});

describe('secrets', () => {
  const [password, header, pem] = ['s3cr3t-pAssw0rd', 's3cr3t-hEader', 's3cr3t-cA'];

  /** A reverse proxy that lets nobody in and says back what it was sent. */
  async function closedProxy(): Promise<{ url: string; asked: string[]; close: () => void }> {
    const asked: string[] = [];
    const proxy = createHttpServer();
    proxy.on('upgrade', ({ headers }, socket) => {
      asked.push(JSON.stringify(headers));
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    });
    const port = await listening(proxy);
    return { url: `ws://127.0.0.1:${port}`, asked, close: () => proxy.close() };
  }

  it('reach the proxy before amiws, and no log, error, answer, metric or file', async () => {
    const proxy = await closedProxy();
    const jsonData = { basicAuthUser: 'grafana', headerNames: ['X-Token'] };
    const secureJsonData = { basicAuthPassword: password, header0: header };
    const basic = Buffer.from(`grafana:${password}`).toString('base64');
    const variants: Array<Partial<DataSource> & { url: string }> = [
      { uid: 'closed', url: proxy.url, jsonData, secureJsonData },
      { uid: 'open', url: amiws.url, jsonData, secureJsonData },
      { uid: 'bad-ca', url: amiws.url, jsonData, secureJsonData: { ...secureJsonData, tlsCACert: pem } },
      { uid: 'bad-header', url: amiws.url, jsonData, secureJsonData: { header0: `a\r\n${header}: 1` } },
      { uid: 'bad-address', url: 'nothing', jsonData, secureJsonData },
      { uid: 'bad-settings', url: amiws.url, jsonData: { ...jsonData, agentPatterns: ['('] }, secureJsonData },
    ];
    const told: string[] = [];
    for (const { url, ...variant } of variants) {
      told.push(await allThatIsTold(sourceAt(url, variant)));
    }
    await plugin.stop();
    const all = [...told, await allThatIsWritten()].join('\n');
    plugin = await startPlugin({ dataPath: data });
    proxy.close();
    expect(proxy.asked.join()).toContain(header);
    expect(proxy.asked.join()).toContain(basic);
    expect(all).toContain('closed');
    for (const secret of [password, header, pem, basic]) {
      expect(all).not.toContain(secret);
    }
  }, 120_000);

  it('of a PBX reach it over TLS or as a proof, and no log, error, answer, metric or file', async () => {
    const secret = 's3cr3t-Of-Ami';
    const tls = selfSignedCertificate();
    const pbxCACert0 = tls.cert;
    const variants: Array<[uid: string, ami: FakeAmiOptions, secrets: Record<string, string>]> = [
      ['right', { secret }, {}],
      ['wrong', { secret: 'other' }, {}],
      ['repeated', { repeats: true }, {}],
      ['no-challenge', { secret, challenges: false }, {}],
      ['tls', { secret, challenges: false, tls }, { pbxCACert0 }],
      ['tls-repeated', { repeats: true, challenges: false, tls }, { pbxCACert0 }],
      ['bad-ca', { secret, tls }, { pbxCACert0: pem }],
      ['no-asterisk', { greeting: `HTTP/1.1 400 ${secret}\r\n` }, {}],
    ];
    const told: string[] = [];
    const sent: string[] = [];
    for (const [uid, options, secrets] of variants) {
      const ami = await startFakeAmi(options);
      const pbx = { server: uid, host: '127.0.0.1', port: ami.port, user: 'grafana', tls: options.tls !== undefined };
      const jsonData = { connection: 'ami', pbxes: [pbx] };
      told.push(
        await allThatIsTold(sourceAt('', { uid, jsonData, secureJsonData: { pbxSecret0: secret, ...secrets } }))
      );
      await ami.close();
      sent.push(...ami.received.filter((action) => action.includes(secret)).map(() => uid));
    }
    await plugin.stop();
    const all = [...told, await allThatIsWritten()].join('\n');
    plugin = await startPlugin({ dataPath: data });
    expect([...new Set(sent)]).toEqual(['tls', 'tls-repeated']);
    variants.forEach(([uid]) => expect(all).toContain(uid));
    for (const hidden of [secret, pem, tls.cert.slice(40, 80)]) {
      expect(all).not.toContain(hidden);
    }
  }, 120_000);

  it('of a PBX are not kept for the next start: it is logged in to with the first request', async () => {
    const ami = await startFakeAmi();
    const pbx = { server: 'pbx', host: '127.0.0.1', port: ami.port, user: 'grafana' };
    const jsonData = { connection: 'ami', pbxes: [pbx] };
    const source = sourceAt('', { uid: 'direct', jsonData, secureJsonData: { pbxSecret0: 'secret' } });
    const logins = () => ami.received.filter((action) => action.startsWith('Action: Login')).length;
    await plugin.client.checkHealth(source);
    await plugin.client.checkHealth(sourceAt(amiws.url));
    await plugin.stop();
    plugin = await startPlugin({ dataPath: data });
    await amiws.connected();
    expect(logins()).toBe(1);
    await plugin.client.checkHealth(source);
    expect(logins()).toBe(2);
    await ami.close();
  }, 60_000);

  it('are refused in the address, which is kept in files and shown', async () => {
    const { status, message } = await plugin.client.checkHealth(sourceAt(`ws://grafana:${password}@127.0.0.1:9`));
    expect(status).toBe('error');
    expect(message).toContain('Enter them under Authentication');
    expect(message).not.toContain(password);
  });
});

describe('a wss:// address', () => {
  it('is trusted only by its authority or when any certificate is asked for, and nothing is sent before', async () => {
    const certificate = selfSignedCertificate();
    const server = createTlsServer({ ...certificate });
    const upgrades: string[] = [];
    server.on('upgrade', ({ headers }, socket) => {
      upgrades.push(headers.authorization ?? '');
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    });
    const url = `wss://127.0.0.1:${await listening(server)}`;
    const health = async (uid: string, jsonData: object, secureJsonData: Record<string, string>) =>
      (
        await plugin.client.checkHealth(
          sourceAt(url, {
            uid,
            jsonData: { basicAuthUser: 'grafana', ...jsonData },
            secureJsonData: { basicAuthPassword: 'x', ...secureJsonData },
          })
        )
      ).message;
    expect(await health('unknown', {}, {})).toContain("isn't trusted");
    expect(await health('other', {}, { tlsCACert: selfSignedCertificate().cert })).toContain("isn't trusted");
    expect(upgrades).toEqual([]);
    expect(await health('known', {}, { tlsCACert: certificate.cert })).toContain('HTTP 401');
    expect(await health('any', { tlsSkipVerify: true }, {})).toContain('HTTP 401');
    server.close();
    server.closeAllConnections();
  }, 60_000);
});

describe('files', () => {
  it('are written only in the data folder, whatever a data source is called', async () => {
    const names = [
      '../../evil',
      '..',
      '/etc/evil',
      'a/b',
      '..\\evil',
      'nul\0l',
      '%2e%2e%2fevil',
      `x'; DROP TABLE call`,
    ];
    for (const name of names) {
      await plugin.client.checkHealth(sourceAt(amiws.url, { uid: name, name }));
    }
    expect(await readdir(folder)).toEqual(['data']);
    const stores = (await readdir(data, { withFileTypes: true })).filter(
      ({ name }) => !/^instances\.json(\.new)?$/.test(name)
    );
    expect(
      stores.every(
        (file) => file.isFile() && /^1-[a-z0-9_-]+\.[0-9a-f]{16}\.duckdb(\.wal|\.acknowledged)?$/.test(file.name)
      )
    ).toBe(true);
    expect(existsSync('/etc/evil')).toBe(false);
  }, 60_000);

  it('are not read on the word of a question', async () => {
    const source = sourceAt(amiws.url);
    amiws.send(cdrFrame());
    await plugin.client.checkHealth(source);
    const theft = "' UNION SELECT content FROM read_text('/etc/passwd') --";
    for (const filters of [
      { source: theft },
      { queue: [theft] },
      { custom: { [theft]: [theft] } },
      { conditions: [{ field: `custom.${theft}`, operator: '=', values: [theft] }] },
    ]) {
      const answer = await ask(source, { queryType: 'statistics', groupBy: [`custom.${theft}`], filters });
      expect(answer.error).toBeUndefined();
      expect(rowsOf(answer.frames[0]!)).toEqual([]);
    }
    const url = `suggestions?field=${encodeURIComponent(`custom.${theft}`)}`;
    expect((await plugin.client.callResource(source, { url })).body.toString()).toBe('[]');
  }, 60_000);
});
