import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { answerQuery } from '../../src/answers/answer-query';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { parseQuery } from '../../src/query/parse-query';
import { answerRows } from '../../tools/replay/answer-rows';
import { answerSource } from '../support/answer-source';
import { cdrRecord, defaultRules, noon, unansweredQueueRecord } from '../support/cdr-builders';

interface Rule {
  uid: string;
  condition: string;
  for: string;
  data: Array<{
    refId: string;
    relativeTimeRange: { from: number; to: number };
    model: {
      type?: string;
      metrics: string[];
      expression?: string;
      conditions?: Array<{ evaluator: { type: string; params: number[] } }>;
    };
  }>;
}

const file = path.join(__dirname, '../../provisioning/alerting/amiws-cdr.yaml');
const { groups } = parse(readFileSync(file, 'utf8')) as { groups: Array<{ rules: Rule[] }> };
const rule = groups.flatMap(({ rules }) => rules).find(({ uid }) => uid === 'amiws-cdr-lost-caller')!;
const condition = rule.data.find(({ refId }) => refId === rule.condition)!.model;
const asked = rule.data.find(({ refId }) => refId === condition.expression)!;

const minute = 60_000;
/** The seconds of a rule's range are before its evaluation, which is at noon. */
const range = {
  from: noon - asked.relativeTimeRange.from * 1000,
  to: noon - asked.relativeTimeRange.to * 1000,
  intervalMs: minute,
};

/** A call of the number, in the queue support, so many minutes before the rule is evaluated. */
function calls(...some: Array<[minutesAgo: number, isAnswered: boolean]>) {
  return some.map(([minutesAgo, isAnswered]) => {
    const startTime = noon - minutesAgo * minute;
    const uniqueId = `${startTime / 1000}.7`;
    const of = { uniqueId, linkedId: uniqueId, startTime, endTime: startTime + 12_000, source: '5551234' };
    return isAnswered
      ? cdrRecord({ ...of, direction: 'inbound', answerTime: startTime + 2000 })
      : unansweredQueueRecord({ ...of, direction: 'inbound', duration: 12, answerTime: null });
  });
}

/** The labels of each row above the threshold of the rule, as Grafana evaluates it. */
async function firing(records: ReturnType<typeof calls>): Promise<object[]> {
  const store = new MemoryStore(100, defaultRules);
  store.add({ records, events: [] });
  const rows = answerRows(await answerQuery(answerSource(store), parseQuery(asked.model), range));
  const [{ evaluator }] = condition.conditions as [{ evaluator: { type: string; params: number[] } }];
  expect([condition.type, evaluator.type, rule.for]).toEqual(['threshold', 'gt', '0s']);
  return rows
    .filter((row) => (row[asked.model.metrics[0]!] as number) > evaluator.params[0]!)
    .map(({ server, queue }) => ({ server, queue }));
}

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(noon));
afterEach(() => jest.restoreAllMocks());

const ofSupport = { server: 'pbx', queue: 'support' };

it.each<[string, Parameters<typeof calls>, object[]]>([
  ['waits for 31 minutes', [[31, false]], [ofSupport]],
  ['waits for 29 minutes', [[29, false]], []],
  [
    'tried again 29 minutes ago',
    [
      [31, false],
      [29, false],
    ],
    [],
  ],
  [
    'came through since',
    [
      [31, false],
      [10, true],
    ],
    [],
  ],
  ['waits for 11 hours', [[11 * 60, false]], [ofSupport]],
])('a lost caller who %s fires the rule or does not', async (_, some, expected) => {
  expect(await firing(calls(...some))).toEqual(expected);
});
