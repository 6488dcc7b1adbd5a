import { answerQuery } from '../../src/answers/answer-query';
import { parseQuery } from '../../src/query/parse-query';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import type { Store } from '../../src/store/store';
import { cdrRecord, defaultDerivation, noon } from '../support/cdr-builders';
import { answerSource } from '../support/answer-source';

const hour = 3_600_000;
let store: Store;

beforeEach(async () => {
  store = await openDuckDbStore(':memory:', defaultDerivation);
});
afterEach(() => store.close());

async function notices(json: object, from: number, to: number): Promise<string[]> {
  const source = answerSource(store);
  const { meta } = await answerQuery(source, parseQuery(json), { from, to, intervalMs: 60_000 });
  return (meta.notices ?? []).map(({ text }) => text);
}

const twoCalls = () =>
  store.add({
    records: [cdrRecord(), cdrRecord({ uniqueId: `${noon / 1000 + 7200}.2`, startTime: noon + 2 * hour })],
    events: [],
  });

const questions = [
  { queryType: 'records' },
  { queryType: 'calls', format: 'logs' },
  { queryType: 'statistics', metrics: ['totalCalls'] },
  { queryType: 'statistics', metrics: ['answerRate'], groupBy: ['queue'] },
  { queryType: 'statistics', metrics: ['callsOffered'], format: 'timeseries' },
];

describe.each(questions)('an answer to %j', (question) => {
  it('says that nothing is stored yet, and where to look', async () => {
    expect(await notices(question, noon, noon + hour)).toEqual([
      expect.stringMatching(/^No calls are stored yet\. .*check list/),
    ]);
  });

  it('says when history begins, where the range ends before', async () => {
    await twoCalls();
    expect(await notices(question, noon - 2 * hour, noon - hour)).toEqual([
      expect.stringMatching(/^History begins at 2026-11-24 13:00 UTC\. /),
    ]);
  });

  it('says when the last call began, where the range starts after', async () => {
    await twoCalls();
    expect(await notices(question, noon + 3 * hour, noon + 4 * hour)).toEqual([
      expect.stringMatching(/^The last call began at 2026-11-24 15:00 UTC\. /),
    ]);
  });

  it('says that none began in a range amid others', async () => {
    await twoCalls();
    expect(await notices(question, noon + hour, noon + 1.5 * hour)).toEqual([
      expect.stringMatching(/^No calls began in this time range\. /),
    ]);
  });

  it('says that the filters let nothing through', async () => {
    await twoCalls();
    expect(await notices({ ...question, filters: { server: ['elsewhere'] } }, noon, noon + hour)).toEqual([
      expect.stringContaining('match the filters'),
    ]);
  });
});

it('an answer with rows says nothing of that', async () => {
  await twoCalls();
  expect(await notices({ queryType: 'calls' }, noon, noon + hour)).toEqual([]);
  expect(await notices({ queryType: 'statistics', metrics: ['totalCalls'] }, noon, noon + hour)).toEqual([]);
});

it('an offset past the last row is told', async () => {
  await twoCalls();
  expect(await notices({ queryType: 'records', offset: 10 }, noon, noon + hour)).toEqual([
    'No rows follow the first 10 rows. Lower the offset.',
  ]);
});
