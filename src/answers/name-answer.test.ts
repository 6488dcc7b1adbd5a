import { cdrRecord } from '../../tests/support/cdr-builders';
import type { MemberNow } from '../cdr/agent-standing';
import { Directory } from '../cdr/directory';
import { noTotals } from '../cdr/sum-facts';
import { PbxClock } from '../cdr/pbx-clock';
import { parseQuery } from '../query/parse-query';
import { agentStatusAnswer } from './agent-status-answer';
import type { Answer } from './answer';
import { recordLines } from './log-lines';
import { maskAnswer } from './mask-numbers';
import { nameAnswer } from './name-answer';
import { recordsAnswer } from './row-columns';
import { seriesField } from './series-field';
import { statisticsAnswer } from './statistics-answer';
import { statisticsPlan } from './statistics-plan';

/** An agent at an extension, one at an outside line, and a DID. */
const directory = new Directory([
  { kind: 'agent', id: '1001', name: 'Alice Miller', teams: [] },
  { kind: 'agent', id: '4930555123', name: 'Bob Secret', teams: [] },
  { kind: 'agent', id: '1002', name: 'Carol 4930777888', teams: [] },
  { kind: 'number', id: '5551234', name: 'Main line', teams: [] },
  { kind: 'queue', id: 'support', name: 'Support desk', teams: [] },
]);

const record = (agent: string, source = '5551234') =>
  cdrRecord({ agent, source, destination: '1001', queue: 'support', startTime: 1_000 });

function textsOf(answer: Answer, field: string): Record<string, string> {
  const [mapping] = answer.fields.find(({ name }) => name === field)?.config.mappings ?? [];
  return Object.fromEntries(Object.entries(mapping?.options ?? {}).map(([id, { text }]) => [id, text]));
}

async function series(agents: string[]): Promise<Answer> {
  const query = parseQuery({
    queryType: 'statistics',
    metrics: ['callsHandled'],
    groupBy: ['agent'],
    format: 'timeseries',
  });
  const clocks = { ofQuestion: () => ({ clock: new PbxClock('UTC'), server: '' }) } as never;
  const plan = statisticsPlan(
    query,
    { from: 0, to: 60_000, intervalMs: 60_000 },
    { serviceLevelThreshold: 20, clocks }
  );
  const groups = agents.map((agent) => ({ bucket: 0, group: [agent], ...noTotals() }));
  return nameAnswer(await statisticsAnswer(query, plan, groups, ''), directory);
}

test('rows keep their ids, and are shown with the names of agents, queues and numbers', async () => {
  const answer = await nameAnswer(await recordsAnswer([record('1001'), record('2001')], {}), directory);
  expect(answer.fields.find(({ name }) => name === 'agent')!.values).toEqual(['1001', '2001']);
  expect(textsOf(answer, 'agent')).toEqual({ '1001': 'Alice Miller (1001)' });
  expect(textsOf(answer, 'queue')).toEqual({ support: 'Support desk (support)' });
  expect(textsOf(answer, 'source')).toEqual({ '5551234': 'Main line (5551234)' });
  expect(textsOf(answer, 'destination')).toEqual({ '1001': 'Alice Miller (1001)' });
  expect(textsOf(answer, 'channel')).toEqual({});
});

test('the queues of an agent who is in several are named one by one', async () => {
  const member: MemberNow = {
    ...{ server: 'pbx', agent: '1001', queue: 'support', phone: 'free', phoneSince: 0 },
    ...{ pausedSince: null, pauseReason: '', wrapUp: 0, restsUntil: null },
  };
  const members = [member, { ...member, queue: 'sales' }];
  const answer = agentStatusAnswer(members, parseQuery({ queryType: 'agentStatus' }), new Map(), 0);
  expect(textsOf(await nameAnswer(answer, directory), 'queues')).toEqual({
    'sales, support': 'sales, Support desk (support)',
  });
});

test('a time series has the name in its title and the id in its labels, so that an alert of it stays the same', async () => {
  const [, field] = (await series(['1001'])).fields;
  expect(field).toMatchObject({ labels: { agent: '1001' }, config: { displayNameFromDS: 'Alice Miller (1001)' } });
});

test('lines of a log have names among their labels, but for that of a number', async () => {
  const answer = await nameAnswer(await recordLines([record('1001'), record('4930555123')], {}), directory);
  const { values } = answer.fields.find(({ name }) => name === 'labels')!;
  expect(values[0]).toMatchObject({ agent: '1001', agentName: 'Alice Miller', queueName: 'Support desk' });
  expect(values[1]).not.toHaveProperty('agentName');
});

test('whose number is masked has no name either, and a number within a name is masked', async () => {
  const rows = await nameAnswer(
    await recordsAnswer(
      ['1001', '4930555123', '1002'].map((agent) => record(agent)),
      {}
    ),
    directory
  );
  const lines = await nameAnswer(await recordLines([record('4930555123')], {}), directory);
  const shown = [rows, lines, await series(['1001', '4930555123', '1002'])].map((answer) => maskAnswer(answer, 4));
  const [maskedRows, , maskedSeries] = await Promise.all(shown);
  expect(JSON.stringify(await Promise.all(shown))).not.toMatch(/Secret|Main line|4930|5551234/);
  expect(textsOf(maskedRows!, 'agent')).toEqual({ '1001': 'Alice Miller (1001)', '1002': 'Carol ••••7888 (1002)' });
  expect(maskedSeries!.fields.slice(1).map(({ config }) => config.displayNameFromDS)).toEqual([
    'Alice Miller (1001)',
    'Carol ••••7888 (1002)',
    '••••5123',
  ]);
});

test('a field without labels of its own is not touched', async () => {
  const field = seriesField({
    name: 'x',
    type: 'number',
    series: { figure: 'X', legend: '', isOfOne: false, groups: [] },
    config: { displayNameFromDS: '' },
    values: [1],
  });
  expect((await nameAnswer({ name: '', meta: {}, fields: [field] }, directory)).fields).toEqual([field]);
});
