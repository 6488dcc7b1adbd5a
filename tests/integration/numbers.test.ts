import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filter, firstValueFrom, timeout, toArray, type Observable } from 'rxjs';
import { livePath, type LiveKind } from '../../src/query/live-path';
import type { DataSource } from '../../tools/plugin-host/data-source';
import type { FrameJson } from '../../tools/plugin-host/plugin-client';
import { rowsOf } from '../../tools/plugin-host/rows-of';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { cdrFrame, frameText } from '../support/cdr-frame';
import { startFakeAmiws, type FakeAmiws } from '../support/fake-amiws';

const hour = 3_600_000;
const secret = '493055512345';
const calls = { queryType: 'calls' };

let folder: string;
let amiws: FakeAmiws;
let plugin: HostedPlugin;
let admin: DataSource;
const as = (role: 'Viewer' | 'Editor' | 'Admin' | '', login: string = role): DataSource => ({
  ...admin,
  askedBy: { login, role },
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'numbers-'));
  amiws = await startFakeAmiws(['pbx-east']);
  plugin = await startPlugin({ dataPath: folder });
  const jsonData = { amiwsUrl: amiws.url, maskNumbersFor: 'viewers' };
  admin = { uid: 'cdr', name: 'CDR', jsonData, updated: 1 };
  await plugin.client.checkHealth(admin);
  amiws.send(frameWithNumber());
  callInProgress().forEach((frame) => amiws.send(frame));
  for (let attempt = 0; attempt < 200 && (await rowsFor(admin, calls)).length === 0; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}, 60_000);
afterAll(async () => {
  await plugin.stop();
  await amiws.close();
  await rm(folder, { recursive: true, force: true });
});

/** A call whose number stands in every field that a PBX may write it to. */
function frameWithNumber(): string {
  return cdrFrame({
    Source: secret,
    Destination: secret,
    CallerID: `"${secret}" <${secret}>`,
    Channel: `PJSIP/${secret}-00000001`,
    DestinationChannel: `PJSIP/${secret}-00000002`,
    LastData: `PJSIP/${secret}@trunk,20`,
    DestinationContext: `did-${secret}`,
    UserField: secret,
    Mobile: secret,
  });
}

/** A caller in a queue whose number stands wherever a PBX may tell it, and an agent on a line outside whose phone rings. */
function callInProgress(): string[] {
  const [id, called] = ['1795571230.5', '1795571230.6'];
  const caller = {
    Channel: `PJSIP/trunk-${secret}-00000005`,
    Uniqueid: id,
    Linkedid: id,
    CallerIDNum: secret,
    Exten: secret,
  };
  const phone = { Channel: `PJSIP/${secret}-00000006`, Uniqueid: called, Linkedid: id, ChannelState: '5' };
  const events = [
    { Event: 'Newchannel', ...caller, CallerIDName: `Ann ${secret}`, ChannelState: '4' },
    { Event: 'QueueCallerJoin', ...caller, Queue: 'support', Position: '1' },
    { Event: 'Newchannel', ...phone },
  ];
  return events.map((fields) => frameText(1, 'pbx-east', 3, fields));
}

async function ask(who: DataSource, json: object, headers = {}) {
  const range = { from: Date.now() - hour, to: Date.now() + hour };
  const query = { refId: 'A', queryType: '', json, ...range, intervalMs: 60_000, maxDataPoints: 100 };
  return (await plugin.client.queryData(who, [query], headers)).get('A')!;
}

async function rowsFor(who: DataSource, json: object) {
  const { frames, error } = await ask(who, json);
  expect(error).toBeUndefined();
  return rowsOf(frames[0]!);
}

const everyAnswer = [
  calls,
  { queryType: 'records' },
  { queryType: 'calls', format: 'logs' },
  { queryType: 'records', format: 'logs' },
  { queryType: 'statistics', groupBy: ['agent', 'custom.Mobile'] },
  { queryType: 'statistics', groupBy: ['agent', 'custom.Mobile'], format: 'timeseries' },
  { queryType: 'callsNow' },
  { queryType: 'callsNow', countBy: ['trunk'] },
  { queryType: 'callersWaiting' },
];

describe('with numbers masked for Viewers', () => {
  it.each(everyAnswer)('a Viewer, one without a role and an alert rule are told none by %j', async (json) => {
    expect(JSON.stringify(await ask(admin, json))).toContain(secret);
    expect(JSON.stringify(await ask(as('Editor'), json))).toContain(secret);
    for (const answer of [
      await ask(as('Viewer'), json),
      await ask(as(''), json),
      // The visitor of a public dashboard, someone anonymous whom grafana.ini makes an Admin, and a service account.
      await ask(as('Admin', 'service'), json),
      await ask(as('Admin', ''), json),
      await ask(as('Admin', 'sa-1-reports'), json),
      await ask(admin, json, { FromAlert: 'true' }),
    ]) {
      expect(answer.error).toBeUndefined();
      expect(JSON.stringify(answer)).not.toContain(secret);
      expect(JSON.stringify(answer)).toContain('••••2345');
    }
  });

  it('a Viewer finds the calls of a number that is given in full, and none by a part of it', async () => {
    const of = (source: string) => rowsFor(as('Viewer'), { ...calls, filters: { source } });
    expect(await of(secret)).toMatchObject([{ source: '••••2345' }]);
    expect(await of(secret.slice(0, -1))).toEqual([]);
    expect(await of(secret.slice(1))).toEqual([]);
    expect(await rowsFor(admin, { ...calls, filters: { source: secret.slice(1, -1) } })).toHaveLength(1);
  });

  it.each([
    { conditions: [{ field: 'source', operator: '=~', values: ['4.*'] }] },
    { conditions: [{ field: 'destination', operator: '!~', values: ['4.*'] }] },
    { conditions: [{ field: 'custom.Mobile', operator: '=~', values: ['4.*'] }] },
  ])('a Viewer may not try digits by %j', async (filters) => {
    expect((await ask(as('Viewer'), { ...calls, filters })).error).toMatchObject({
      source: 'downstream',
      status: 400,
      message: expect.stringContaining('Numbers are masked for your role'),
    });
    expect((await ask(admin, { ...calls, filters })).error).toBeUndefined();
  });

  it('a Viewer may not try numbers without end', async () => {
    const agent = Array.from({ length: 61 }, (_, n) => `49305550${1000 + n}`);
    const guess = { ...calls, filters: { agent } };
    expect((await ask(as('Viewer', 'guesser' as 'Viewer'), guess)).error).toMatchObject({ status: 429 });
    expect((await ask(as('Editor'), guess)).error).toBeUndefined();
  });

  it('suggestions and previews tell a Viewer none', async () => {
    const suggest = async (who: DataSource, field: string) =>
      (await plugin.client.callResource(who, { url: `suggestions?field=${field}` })).body.toString();
    for (const field of ['source', 'destination', 'agent', 'custom.Mobile']) {
      expect(await suggest(admin, field)).toContain(secret);
      expect(await suggest(as('Viewer'), field)).not.toMatch(/\d/);
    }
    const body = Buffer.from(JSON.stringify({ agentPatterns: ['(.*)'] }));
    const preview = { url: 'preview-rules', method: 'POST', body };
    expect((await plugin.client.callResource(admin, preview)).body.toString()).toContain(secret);
    const refused = await plugin.client.callResource(as('Viewer'), preview);
    expect(refused.status).toBe(403);
    expect(refused.body.toString()).not.toContain(secret);
  });

  describe('a live channel', () => {
    const data = { query: calls, start: { rangeMs: hour }, intervalMs: 60_000 };
    const kind = async (who: DataSource) => {
      const { body } = await plugin.client.callResource(who, { url: 'live-kind' });
      return (JSON.parse(body.toString()) as { kind: LiveKind }).kind;
    };
    const full = async () => livePath(await kind(admin), data);
    const masked = livePath('masked-', data);
    const all = (frames: Observable<FrameJson>) => firstValueFrom(frames.pipe(toArray(), timeout(10_000)));
    const renewal = expect.objectContaining({
      schema: expect.objectContaining({ meta: { custom: { live: 'renew' } } }) as unknown,
    }) as unknown;
    const join = async (who: DataSource, channel: string, sent: object = data) =>
      (await plugin.client.subscribeStream(who, channel, sent)).status;
    const firstFrame = async (who: DataSource, channel: string) =>
      JSON.stringify(
        await firstValueFrom(
          plugin.client.runStream(who, channel, data).pipe(
            filter((frame) => Boolean(frame.data?.values[0]?.length)),
            timeout(10_000)
          )
        )
      );

    it('of full numbers takes nobody in who may not see them', async () => {
      const path = await full();
      expect(await kind(as('Editor'))).toBe(await kind(admin));
      expect(await kind(as('Viewer'))).toBe('masked-');
      expect(await join(admin, path)).toBe('ok');
      expect(await join(as('Editor'), path)).toBe('ok');
      expect(await join(as('Viewer'), path)).toBe('permission-denied');
      expect(await join(as(''), path)).toBe('permission-denied');
      expect(await join(as('Admin', 'service'), path)).toBe('permission-denied');
      expect(await join(as('Viewer'), masked)).toBe('ok');
    });

    it('is masked by its path, whoever opened it', async () => {
      expect(await firstFrame(admin, masked)).not.toContain(secret);
      expect(await firstFrame(as('Viewer'), masked)).toContain('••••2345');
      expect(await firstFrame(admin, await full())).toContain(secret);
    });

    it.each(['callsNow', 'callersWaiting'])('of %s is masked likewise', async (queryType) => {
      const now = { ...data, query: { queryType } };
      const first = async (path: string) =>
        JSON.stringify(await firstValueFrom(plugin.client.runStream(admin, path, now).pipe(timeout(10_000))));
      expect(await first(livePath('masked-', now))).not.toContain(secret);
      expect(await first(livePath('masked-', now))).toContain('••••2345');
      expect(await first(livePath(await kind(admin), now))).toContain(secret);
    });

    it('carries the question that its path names, and no other', async () => {
      const other = { ...data, query: { queryType: 'records' } };
      expect(await join(admin, await full(), other)).toBe('permission-denied');
      expect(await all(plugin.client.runStream(admin, masked, other))).toEqual([renewal]);
    });

    it('of a laxer setting is closed', async () => {
      expect(await join(admin, livePath('', data))).toBe('permission-denied');
      expect(await all(plugin.client.runStream(admin, livePath('', data), data))).toEqual([renewal]);
    });

    it('refuses a pattern on numbers as a query does', async () => {
      const filters = { conditions: [{ field: 'source', operator: '=~', values: ['4.*'] }] };
      const guess = { ...data, query: { ...calls, filters } };
      await expect(join(as('Viewer'), livePath('masked-', guess), guess)).rejects.toThrow('Numbers are masked');
    });
  });
});
