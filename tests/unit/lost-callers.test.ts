import { cdrRecord, defaultRules, noon, unansweredQueueRecord } from '../support/cdr-builders';
import { answerSource } from '../support/answer-source';
import { answerRows } from '../../tools/replay/answer-rows';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { Directory } from '../../src/cdr/directory';
import type { CdrRecord } from '../../src/cdr/record';
import { parseQuery } from '../../src/query/parse-query';
import type { TimeRange } from '../../src/answers/answer';
import { answerQuery } from '../../src/answers/answer-query';
import { maskAnswer } from '../../src/answers/mask-numbers';

const minute = 60_000;
const now = noon + 50 * minute;
const lastHour: TimeRange = { from: noon, to: noon + 60 * minute, intervalMs: minute };

const times = (minutes: number): Partial<CdrRecord> => {
  const startTime = noon + minutes * minute;
  const uniqueId = `${startTime / 1000}.7`;
  return { uniqueId, linkedId: uniqueId, startTime, answerTime: startTime + 2000, endTime: startTime + 12_000 };
};
const lost = (minutes: number, source: string, more: Partial<CdrRecord> = {}): CdrRecord =>
  unansweredQueueRecord({ ...times(minutes), direction: 'inbound', source, duration: 12, ...more, answerTime: null });
const answered = (minutes: number, source: string): CdrRecord =>
  cdrRecord({ ...times(minutes), direction: 'inbound', source });
const calledBack = (minutes: number, destination: string): CdrRecord =>
  cdrRecord({
    ...times(minutes),
    direction: 'outbound',
    source: '1001',
    callingAgent: '1001',
    destination,
    channel: 'PJSIP/1001-00000003',
    destinationChannel: 'PJSIP/trunk-acme-00000004',
  });

const ask = async (
  records: CdrRecord[],
  json: object = {},
  directory = answerSource(new MemoryStore(1, defaultRules)).directory
) => {
  const store = new MemoryStore(100, defaultRules);
  store.add({ records, events: [] });
  const query = parseQuery({ queryType: 'lostCallers', ...json });
  return answerQuery({ ...answerSource(store), directory }, query, lastHour);
};
const rows = async (records: CdrRecord[], json: object = {}) => answerRows(await ask(records, json));

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(now));
afterEach(() => jest.restoreAllMocks());

const some = [
  lost(0, '+4930111222333'),
  lost(4, '030111222333'),
  calledBack(24, '9030111222333'),
  lost(5, '+12025550142'),
  answered(15, '+12025550142'),
  lost(20, '+442079460123'),
  lost(30, 'anonymous'),
  lost(31, ''),
];

test('each number is a row with its tries, its last try, what became of it, by whom and after how long', async () => {
  const found = await rows(some);
  expect(
    found.map(({ source, state, tries, waiting, waited, agent, reachedAfter }) => [
      source,
      state,
      tries,
      waiting,
      waited,
      agent,
      reachedAfter,
    ])
  ).toEqual([
    ['+442079460123', 'waiting', 1, 1800, 12, '', null],
    ['+12025550142', 'came through', 1, null, 12, '1001', 600],
    ['030111222333', 'called back', 2, null, 12, '1001', 1200],
    ['withheld', 'withheld', 2, null, null, '', null],
  ]);
  expect(found[2]).toMatchObject({
    firstTry: new Date(noon).toISOString(),
    lastTry: new Date(noon + 4 * minute).toISOString(),
    queue: 'support',
    triedBack: 0,
    linkedId: `${noon / 1000 + 240}.7`,
  });
});

test('filters are looked at with the lost call, not with the call that reached the caller', async () => {
  const states = async (filters: object) => (await rows(some, { filters })).map(({ state }) => state);
  expect(await states({ queue: ['support'] })).toEqual(['waiting', 'came through', 'called back', 'withheld']);
  expect(await states({ queue: ['sales'] })).toEqual([]);
  expect(await states({ source: '111222333' })).toEqual(['called back']);
});

test('a caller who is reached after the range is reached, and one reached too late waits', async () => {
  const late = [lost(50, '5551'), answered(90, '5551')];
  expect(await rows(late)).toMatchObject([{ state: 'came through', reachedAfter: 2400 }]);
  const tooLate = [lost(50, '5551'), answered(111, '5551')];
  expect(await rows(tooLate, { callBackHours: 1 })).toMatchObject([{ state: 'waiting' }]);
});

test('tries before the range are told with one within it, and a last try after it counts there', async () => {
  expect(await rows([lost(-30, '5551'), lost(10, '5551')])).toMatchObject([{ tries: 2 }]);
  expect(await rows([lost(50, '5551'), lost(70, '5551')])).toEqual([]);
});

test('so many rows are listed as are asked for, the newest first, and withheld numbers besides', async () => {
  const states = (await rows(some, { limit: 1, offset: 1 })).map(({ state }) => state);
  expect(states).toEqual(['came through', 'withheld']);
  const said = async (limit: number) => (await ask(some, { limit })).meta.notices?.map(({ text }) => text) ?? [];
  expect(await said(1)).toEqual([expect.stringMatching(/^More rows match than the 1 /)]);
  expect(await said(100)).toEqual([]);
});

test('masked numbers are still rows of their own, of which only the last digits show', async () => {
  const { fields } = await maskAnswer(await ask(some), 2);
  expect(fields.find(({ name }) => name === 'source')!.values).toEqual(['••••23', '••••42', '••••33', 'withheld']);
});

test('numbers and agents are shown with their names', async () => {
  const entries = [
    { kind: 'agent' as const, id: '1001', name: 'Alice Miller', teams: [] },
    { kind: 'number' as const, id: '+442079460123', name: 'Back Ltd', teams: [] },
  ];
  const { fields } = await ask(some, {}, new Directory(entries));
  const shown = (name: string) => JSON.stringify(fields.find((field) => field.name === name)!.config.mappings);
  expect(shown('agent')).toContain('Alice Miller (1001)');
  expect(shown('source')).toContain('Back Ltd (+442079460123)');
});

test('an alert rule reads how long the one waits who waits longest, without a number in a label', async () => {
  const query = { queryType: 'statistics', metrics: ['longestLostWait'], groupBy: ['server', 'queue'] };
  expect(await rows(some, query)).toEqual([{ server: 'pbx', queue: 'support', longestLostWait: 1800 }]);
  expect(await rows(some.slice(0, 5), query)).toEqual([{ server: 'pbx', queue: 'support', longestLostWait: 0 }]);
});

test('the figures count what the list shows', async () => {
  const metrics = [
    'lostCallers',
    'lostCallersWaiting',
    'lostCallersCalledBack',
    'lostCallersCameThrough',
    'averageTimeToCallBack',
    'lostCallsWithheld',
  ];
  expect(await rows(some, { queryType: 'statistics', metrics })).toEqual([
    {
      lostCallers: 3,
      lostCallersWaiting: 1,
      lostCallersCalledBack: 1,
      lostCallersCameThrough: 1,
      averageTimeToCallBack: 1200,
      lostCallsWithheld: 2,
    },
  ]);
});

test('first-contact resolution says until when it is known', async () => {
  const query = { queryType: 'statistics', metrics: ['firstContactResolution'] };
  const { meta, fields } = await ask(some, query);
  expect(fields[0]!.values).toEqual([null]);
  expect(meta.notices?.map(({ text }) => text)).toEqual([
    "First-contact resolution covers calls until 2026-11-17 13:50 UTC. For later calls, it isn't known yet whether the number calls again within 7 days.",
  ]);
});
