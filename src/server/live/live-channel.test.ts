import { Subject } from 'rxjs';
import { defaultDerivation } from '../../../tests/support/cdr-builders';
import { noDirectory } from '../../cdr/directory';
import type { Answer } from '../../answers/answer';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import { PbxClocks } from '../../cdr/pbx-clocks';
import { livePath } from '../../query/live-path';
import type { MaskNumbersFor } from '../../settings/number-access';
import { parseSettings } from '../../settings/settings';
import { numberView } from '../ask/number-view';
import type { DataSource } from '../sources/data-source';
import { joinChannel, liveKind, runChannel } from './live-channel';
import { LiveChannels } from './live-channels';
import { LivePasses } from './live-passes';

const minute = 60_000;
const now = 5 * minute * 6_000_000 + 2 * minute;

beforeEach(() => jest.useFakeTimers({ now }));
afterEach(() => jest.useRealTimers());

const user = (role: string) => ({ login: 'ada', name: 'Ada', email: 'ada@example.com', role });
const contextOf = (role: string) => ({ orgId: 1, pluginId: '', user: user(role) });

/** What a live channel needs of a data source. */
function sourceWith(maskNumbersFor: MaskNumbersFor) {
  const asked: StatisticsPlan[] = [];
  const source = {
    settings: parseSettings({ maskNumbersFor }),
    liveChannels: new LiveChannels(),
    livePasses: new LivePasses(),
    lookups: { admit: () => true },
    changes: new Subject(),
    boardChanges: new Subject(),
    answers: {
      directory: noDirectory,
      defaults: { serviceLevelThreshold: 20, clocks: new PbxClocks(defaultDerivation) },
      serversNow: () => [],
      gaps: async () => [],
      differences: async () => [],
      store: {
        selectRecords: async () => ({ rows: [], sql: '' }),
        sum: async (plan: StatisticsPlan) => {
          asked.push(plan);
          return { rows: [], sql: '' };
        },
      },
    },
  } as unknown as DataSource;
  return { source, asked };
}

function requestOf(source: DataSource, role: string, more: object = {}) {
  const data = { query: { queryType: 'servers' }, start: { rangeMs: minute }, intervalMs: minute, ...more };
  const context = contextOf(role);
  const kind = liveKind(source, numberView(source, context), Date.now());
  return { context, headers: {}, path: livePath(kind, data), data };
}

/** Runs a channel and gives what it sends. */
function run(source: DataSource, request: ReturnType<typeof requestOf>) {
  const sent: Answer[] = [];
  const end = new AbortController();
  let isOver = false;
  const ended = runChannel(source, request, async (answer) => void sent.push(answer), end.signal).finally(
    () => (isOver = true)
  );
  return { sent, ended, end: () => end.abort(), isOver: () => isOver };
}

const renewals = (sent: Answer[]) => sent.filter(({ meta }) => meta.custom?.live === 'renew').length;

test('whoever was an Editor gets no more numbers in full some minutes after he is a Viewer', async () => {
  const { source } = sourceWith('viewers');
  const asEditor = requestOf(source, 'Editor');
  expect(joinChannel(source, asEditor)).toBe('ok');
  const channel = run(source, asEditor);
  await jest.advanceTimersByTimeAsync(minute);
  expect(channel.isOver()).toBe(false);

  // Grafana Live knows his old role for as long as the page is open, and runs the same path again.
  await jest.advanceTimersByTimeAsync(6 * minute);
  await channel.ended;
  expect(renewals(channel.sent)).toBe(1);
  expect(joinChannel(source, asEditor)).toBe('permission-denied');
  const again = run(source, asEditor);
  await again.ended;
  expect(again.sent).toMatchObject([{ meta: { custom: { live: 'renew' } }, fields: [] }]);

  expect(requestOf(source, 'Editor').path).not.toBe(asEditor.path);
  expect(joinChannel(source, requestOf(source, 'Editor'))).toBe('ok');
  expect(requestOf(source, 'Viewer').path).toMatch(/^live\/masked-/);
});

test('a pass lets in nobody whose role does not see numbers', () => {
  const { source } = sourceWith('viewers');
  expect(joinChannel(source, { ...requestOf(source, 'Editor'), context: contextOf('Viewer') })).toBe(
    'permission-denied'
  );
});

test.each(['none', 'viewers'] as const)('with masking for %s a Viewer’s channel goes on', async (maskNumbersFor) => {
  const { source } = sourceWith(maskNumbersFor);
  const channel = run(source, requestOf(source, 'Viewer'));
  await jest.advanceTimersByTimeAsync(30 * minute);
  expect(channel.isOver()).toBe(false);
  channel.end();
  await channel.ended;
  expect(renewals(channel.sent)).toBe(0);
});

test('a channel of settings that were is left for one of those that are', async () => {
  const before = sourceWith('none').source;
  const stricter = sourceWith('viewers').source;
  const channel = run(stricter, requestOf(before, 'Admin'));
  await channel.ended;
  expect(channel.sent).toHaveLength(1);
  expect(renewals(channel.sent)).toBe(1);
});

test('a user who has as many channels open as one may is refused when he subscribes, and an Admin is not', () => {
  const { source } = sourceWith('none');
  const asked = (role: string, rangeMs: number) => joinChannel(source, requestOf(source, role, { start: { rangeMs } }));
  const answers = Array.from({ length: 500 }, (_, n) => asked('Viewer', n + 1));
  expect(answers.filter((answer) => answer === 'ok')).toHaveLength(100);
  expect(answers.at(-1)).toBe('permission-denied');
  const other = { ...requestOf(source, 'Admin', { start: { rangeMs: 1_000 } }) };
  other.context.user.login = 'root';
  expect(joinChannel(source, other)).toBe('ok');
});

test('a range of millions of years begins in 1970, whatever the zone', async () => {
  const { source, asked } = sourceWith('none');
  const query = { queryType: 'statistics', format: 'timeseries', interval: '1d', timeZone: 'Europe/Berlin' };
  const channel = run(source, requestOf(source, 'Viewer', { query, start: { rangeMs: 8e15 }, intervalMs: minute }));
  await expect(channel.ended).rejects.toThrow('Choose a wider interval');
  const table = run(
    source,
    requestOf(source, 'Viewer', { query: { queryType: 'statistics' }, start: { rangeMs: 8e15 } })
  );
  await jest.advanceTimersByTimeAsync(10);
  table.end();
  await table.ended;
  expect(asked.map(({ from }) => from)).toEqual([0]);
});
