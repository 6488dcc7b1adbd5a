import { answerSource } from '../../tests/support/answer-source';
import { answerRows } from '../../tools/replay/answer-rows';
import type { BoardNow } from '../cdr/pbx-board';
import type { ServerNow } from '../cdr/server-now';
import type { SavedQuery } from '../query/model';
import { parseQuery } from '../query/parse-query';
import { answerQuery } from './answer-query';

const now = Date.UTC(2026, 10, 24, 12, 30);
const server = (name: string, state: ServerNow['state']): ServerNow => ({
  ...{ server: name, state, silentSeconds: 90, heardSince: 0, clockOffset: 0, sendsDialEnds: true },
});
const queue = (name: string, on: string): BoardNow['queues'][number] =>
  ({
    ...{ server: on, queue: name, callersWaiting: 0, waitingSince: null, callers: [] },
    ...{ agentsFree: 1, agentsBusy: 0, agentsPaused: 0, agentsUnavailable: 0, members: [] },
  }) as unknown as BoardNow['queues'][number];
const board: BoardNow = {
  now,
  queues: [queue('sales', 'east'), queue('support', 'east'), queue('sales', 'west')],
  calls: [],
};
const source = {
  ...answerSource({} as never),
  boardNow: () => board,
  serversNow: () => [server('east', 'up'), server('west', 'down')],
};

type Filters = SavedQuery['filters'];
type Conditions = NonNullable<NonNullable<Filters>['conditions']>;

async function ask(queryType: string, filters: Filters) {
  const answer = await answerQuery(source, parseQuery({ queryType, filters }), {
    from: 0,
    to: now,
    intervalMs: 60_000,
  });
  return { rows: answerRows(answer), notices: answer.meta.notices?.map(({ text }) => text) ?? [] };
}

const adHoc = (...conditions: Conditions): Filters => ({ conditions });

test.each<[string, Conditions, string[]]>([
  ['=', [{ field: 'queue', operator: '=', values: ['sales'] }], ['sales east', 'sales west']],
  ['!=', [{ field: 'queue', operator: '!=', values: ['sales'] }], ['support east']],
  ['=~', [{ field: 'server', operator: '=~', values: ['we.*'] }], ['sales west']],
  [
    'all of several',
    [
      { field: 'queue', operator: '!~', values: ['sup.*'] },
      { field: 'server', operator: '=', values: ['east'] },
    ],
    ['sales east'],
  ],
])('queues at this moment pass ad hoc filters by %s', async (_what, conditions, shown) => {
  const { rows } = await ask('queueStatus', adHoc(...conditions));
  expect(rows.map((row) => `${row.queue as string} ${row.server as string}`)).toEqual(shown);
});

test('PBXes pass ad hoc filters, and what is not known of others is not said', async () => {
  const west = { field: 'server', operator: '!=', values: ['west'] } as const;
  expect((await ask('servers', adHoc({ ...west, values: ['west'] }))).rows).toMatchObject([{ server: 'east' }]);
  expect((await ask('queueStatus', {})).notices).toEqual([expect.stringContaining('west (nothing heard')]);
  expect((await ask('queueStatus', adHoc({ ...west, values: ['west'] }))).notices).toEqual([]);
});

test.each<[string, Filters, string]>([
  ['queueStatus', { outcome: ['missed'], queue: ['sales'] }, 'are ignored: outcome'],
  [
    'servers',
    adHoc(
      { field: 'queue', operator: '=', values: ['sales'] },
      { field: 'custom.Tenant', operator: '=', values: ['a'] }
    ),
    'are ignored: queue, custom.Tenant',
  ],
  ['callsNow', adHoc({ field: 'talkTime', operator: '>', values: ['5'] }), 'are ignored: talkTime'],
  ['agentStatus', { minDuration: 5 }, 'are ignored: minDuration'],
])('%s says which filters it ignores', async (type, filters, text) => {
  expect((await ask(type, filters)).notices).toContainEqual(expect.stringContaining(text));
});

test('log-in times say by which filters only the figures of calls beside them go', async () => {
  const store = { sum: async () => ({ rows: [], sql: '' }), selectRecords: async () => ({ rows: [], sql: '' }) };
  const query = { queryType: 'statistics', metrics: ['loggedInTime', 'callsHandled'], groupBy: ['agent'] };
  const said = async (filters: Filters) => {
    const asked = parseQuery({ ...query, filters });
    const { meta } = await answerQuery({ ...source, store: store as never }, asked, {
      from: 0,
      to: now,
      intervalMs: 1,
    });
    return meta.notices?.map(({ text }) => text) ?? [];
  };
  const text = 'only to the figures of calls: direction.';
  expect(await said({ direction: ['inbound'], agent: ['1001'] })).toContainEqual(expect.stringContaining(text));
  expect(await said({ agent: ['1001'], team: ['Front'] })).not.toContainEqual(expect.stringContaining('filters'));
});
