import { cdrRecord, defaultDerivation } from '../../../tests/support/cdr-builders';
import { noDirectory } from '../../cdr/directory';
import { PbxClocks } from '../../cdr/pbx-clocks';
import type { DataRequest } from '../../plugin-protocol/plugin';
import type { ServerNow } from '../../cdr/server-now';
import type { ConnectionChoice } from '../../settings/pbx-settings';
import { parseSettings } from '../../settings/settings';
import type { Answering } from '../sources/roles';
import { queryData } from './query-data';

const noon = Date.UTC(2026, 10, 24, 13);
const rows = new Array(100_000).fill(cdrRecord());
const selectRecords = jest.fn(async () => ({ rows, sql: '' }));
const source = {
  settings: parseSettings({}),
  storeProblem: null,
  answers: {
    store: { selectRecords, sum: async () => ({ rows: [], sql: '' }) },
    defaults: { serviceLevelThreshold: 20, clocks: new PbxClocks(defaultDerivation) },
    directory: noDirectory,
    serversNow: () => [],
    gaps: async () => [],
    differences: async () => [],
  },
} as unknown as Answering;

/** A request of so many queries for 100,000 records each. */
const request = (queries: number): DataRequest => ({
  context: {
    orgId: 1,
    pluginId: 'amiws-cdr-datasource',
    user: { login: 'ann', name: 'Ann', email: '', role: 'Admin' },
  },
  headers: {},
  queries: Array.from({ length: queries }, (_, n) => ({
    refId: `Q${n}`,
    queryType: '',
    json: { queryType: 'records', limit: 100_000 },
    from: noon,
    to: noon + 3_600_000,
    intervalMs: 60_000,
    maxDataPoints: 100,
  })),
});
const ask = (queries: number) => queryData(source, request(queries), new AbortController().signal);

beforeEach(() => selectRecords.mockClear());

test('the queries of one request share one budget: once it is spent the others are not even asked', async () => {
  const answers = [...(await ask(8)).values()];
  const refused = answers.flatMap(({ error }) => error?.message ?? []);
  expect(answers.filter(({ frames }) => frames.length > 0)).toHaveLength(2);
  expect(refused).toHaveLength(6);
  expect(new Set(refused)).toEqual(
    new Set([
      expect.stringContaining('The answers to the queries of one request would have more than 6,000,000 values'),
    ])
  );
  // Two at a time: one more may have been under way.
  expect(selectRecords.mock.calls.length).toBeLessThanOrEqual(4);
});

test('a request of more queries than any panel has is refused whole', async () => {
  await expect(ask(101)).rejects.toThrow('The request has 101 queries, but at most 100');
  expect(selectRecords).not.toHaveBeenCalled();
});

test('a filter of another version is ignored, and the answer says so', async () => {
  const asked = request(1);
  asked.queries[0]!.json = { queryType: 'records', limit: 1, rounding: 'up', filters: { mood: ['good'] } };
  const answer = (await queryData(source, asked, new AbortController().signal)).get('Q0')!;
  expect(answer.error).toBeUndefined();
  expect(answer.frames[0]!.meta?.notices).toEqual([
    expect.objectContaining({ text: expect.stringContaining('More rows match') }),
    {
      severity: 'warning',
      text: expect.stringContaining("doesn't have these filters: mood. The answer is not filtered"),
    },
  ]);
});

describe('an alert rule of a Grafana that is not connected', () => {
  const pbx = (state: ServerNow['state']) => ({ server: 'pbx', state, silentSeconds: 40 }) as ServerNow;
  const askAs = async (servers: ServerNow[], heardBy: 'this' | 'others', connection: ConnectionChoice = 'amiws') => {
    const store = { type: 'postgres', host: 'db', database: 'calls', user: 'cdr', heardBy } as const;
    const disconnected = {
      ...source,
      settings: parseSettings({ store, connection }),
      state: { isConnected: false },
      serversNow: () => servers,
    } as unknown as Answering;
    const asked = { ...request(1), headers: { fromalert: 'true' } };
    const answers = await queryData(disconnected, asked, new AbortController().signal);
    return answers.get('Q0')!.error?.message ?? null;
  };

  test('has an answer while another Grafana that shares the store hears the PBX', async () => {
    expect(await askAs([pbx('up')], 'others')).toBeNull();
    expect(await askAs([pbx('up')], 'this')).toBeNull();
  });

  test('fails where nobody hears it, with what to do', async () => {
    expect(await askAs([pbx('down')], 'others')).toMatch(
      /no Grafana server that listens to the PBX is active\. Check that one/
    );
    expect(await askAs([], 'others')).toMatch(/no Grafana server that listens/);
    expect(await askAs([pbx('down')], 'this')).toMatch(/because amiws isn't connected/);
    expect(await askAs([pbx('down')], 'this', 'ami')).toMatch(/because no PBX is connected/);
    expect(await askAs([pbx('down')], 'this', 'both')).toMatch(/because neither amiws nor a PBX is connected/);
  });
});

test.each([
  ['dashboard', 1],
  ['pbx', 0],
  ['Europe/Paris', 0],
])(
  'days that are asked for in the zone %s as it is saved are said %d times to be those of the PBX',
  async (timeZone, times) => {
    const [query] = request(1).queries;
    selectRecords.mockResolvedValue({ rows: [], sql: '' });
    const json = { queryType: 'statistics', metrics: ['totalCalls'], groupBy: ['hourOfDay'], timeZone };
    const asked = { ...request(0), queries: [{ ...query!, json }] };
    const [answer] = [...(await queryData(source, asked, new AbortController().signal)).values()];
    const texts = answer!.frames[0]!.meta!.notices!.map(({ text }) => text);
    expect(texts.filter((text) => text.includes('Days and hours are those of the PBX'))).toHaveLength(times);
  }
);
