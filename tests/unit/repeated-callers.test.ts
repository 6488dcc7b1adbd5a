import { answerRows } from '../../tools/replay/answer-rows';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { maskAnswer } from '../../src/answers/mask-numbers';
import { answerQuery } from '../../src/answers/answer-query';
import { Directory } from '../../src/cdr/directory';
import type { CdrRecord } from '../../src/cdr/record';
import { parseQuery } from '../../src/query/parse-query';
import { answerSource } from '../support/answer-source';
import { cdrRecord, defaultRules, noon, unansweredQueueRecord } from '../support/cdr-builders';

const day = 86_400_000;
const range = { from: noon - day, to: noon + 3 * day, intervalMs: 60_000 };

const at = (days: number): Partial<CdrRecord> => {
  const startTime = noon + days * day;
  const uniqueId = `${startTime / 1000}.7`;
  return { uniqueId, linkedId: uniqueId, startTime, answerTime: startTime + 2000, endTime: startTime + 12_000 };
};
const answered = (days: number, source: string, more: Partial<CdrRecord> = {}): CdrRecord =>
  cdrRecord({ ...at(days), direction: 'inbound', source, ...more });
const lost = (days: number, source: string): CdrRecord =>
  unansweredQueueRecord({ ...at(days), direction: 'inbound', source, answerTime: null });

const again = [
  answered(0, '+4930123456789', { destinationChannel: 'PJSIP/1002-00000002', agent: '1002' }),
  lost(1, '030123456789'),
  answered(2, '9030123456789', { agent: '1001' }),
];
const others = [answered(0.5, '5551234'), answered(0.6, 'anonymous'), answered(0.7, 'anonymous')];

async function ask(records: CdrRecord[], json: object = {}, directory = new Directory([])) {
  const store = new MemoryStore(100, defaultRules);
  store.add({ records, events: [] });
  const query = parseQuery({ queryType: 'repeatedCallers', ...json });
  return answerQuery({ ...answerSource(store), directory }, query, range);
}
const rows = async (records: CdrRecord[], json: object = {}) => answerRows(await ask(records, json));

test('a number that calls again has one row: how often, first, last, through which queues and to which agents', async () => {
  expect(await rows([...again, ...others])).toEqual([
    expect.objectContaining({
      source: '9030123456789',
      calls: 3,
      repeatCalls: 2,
      answered: 2,
      firstCall: '2026-11-24T13:00:00.000Z',
      lastCall: '2026-11-26T13:00:00.000Z',
      queue: 'support',
      agent: '1001, 1002',
      linkedId: at(2).linkedId,
    }),
  ]);
});

test('a call counts as repeated by calls before the range too, and not by those that are longer ago than the days asked for', async () => {
  const before = [answered(-3, '5551234'), answered(0, '5551234')];
  expect(await rows(before)).toMatchObject([{ calls: 1, repeatCalls: 1, firstCall: '2026-11-24T13:00:00.000Z' }]);
  expect(await rows(before, { repeatDays: 2 })).toEqual([]);
});

test('filters choose whose calls are listed, and a call that they leave out still makes the next one a repeated one', async () => {
  const [row] = await rows(again, { filters: { agent: ['1001'] } });
  expect(row).toMatchObject({ calls: 1, repeatCalls: 1, agent: '1001', queue: '' });
});

test('the numbers with the most calls come first, of as many the one that called last; limit and offset cut them', async () => {
  const two = [answered(0.1, '5552'), answered(0.2, '5552'), answered(0.3, '5553'), answered(0.4, '5553')];
  const sources = async (json: object) => (await rows([...again, ...two], json)).map(({ source }) => source);
  expect(await sources({})).toEqual(['9030123456789', '5553', '5552']);
  expect(await sources({ limit: 1, offset: 1 })).toEqual(['5553']);
  const said = async (json: object) => (await ask([...again, ...two], json)).meta.notices ?? [];
  expect(await said({ limit: 2 })).toContainEqual(expect.objectContaining({ severity: 'info' }));
  expect(await said({ limit: 3 })).toEqual([]);
});

test('numbers are masked, and names stand beside agents', async () => {
  const directory = new Directory([{ kind: 'agent', id: '1001', name: 'Alice Miller', teams: [] }]);
  const answer = await maskAnswer(await ask(again, {}, directory), 3);
  expect(JSON.stringify(answer.fields)).not.toContain('30123456');
  const agents = answer.fields.find(({ name }) => name === 'agent')!;
  expect(agents.config.mappings?.[0]?.options).toEqual({
    '1001, 1002': { text: 'Alice Miller (1001), 1002', index: 0 },
  });
});
