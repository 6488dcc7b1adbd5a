import { Subject } from 'rxjs';
import { noDirectory } from '../../cdr/directory';
import { defaultDerivation } from '../../../tests/support/cdr-builders';
import type { AnswerSource } from '../../answers/answer-query';
import type { Answer } from '../../answers/answer';
import { sumsOf } from '../../cdr/fact-rows';
import type { StatisticsPlan } from '../../cdr/sum-facts';
import { PbxClocks } from '../../cdr/pbx-clocks';
import { parseQuery } from '../../query/parse-query';
import type { StoreChange } from '../../store/store';
import type { DataSource } from '../sources/data-source';
import { runStream } from './run-stream';

const minute = 60_000;

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 0, 1), doNotFake: ['setImmediate'] }));
afterEach(() => jest.useRealTimers());

const change: StoreChange = { changed: [], removedBefore: null };

/** A data source whose store counts calls as `count` says, after `takesMs`. */
function source({ takesMs = 0, count = (): number => 0 } = {}) {
  const asked: StatisticsPlan[] = [];
  let running = 0;
  let most = 0;
  const sum = async (plan: StatisticsPlan) => {
    asked.push(plan);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, takesMs));
    running--;
    return {
      rows: [{ bucket: null, group: [], sums: sumsOf({ calls: count() }), distributions: {}, traffic: {} }],
      sql: '',
    };
  };
  const answers = {
    store: { sum } as unknown as AnswerSource['store'],
    defaults: { serviceLevelThreshold: 20, clocks: new PbxClocks(defaultDerivation) },
    gaps: async () => [],
    differences: async () => [],
    directory: noDirectory,
    boardNow: () => ({ queues: [], calls: [], now: Date.now() }),
    agentOf: (memberInterface: string) => memberInterface,
    serversNow: () => [],
  };
  const changes = new Subject<StoreChange>();
  return {
    asked,
    changes,
    mostAtOnce: () => most,
    dataSource: { answers, changes, boardChanges: new Subject<void>() } as unknown as DataSource,
  };
}

/** Runs a stream of the number of calls in a range and gives what it sends. */
function run({ dataSource }: ReturnType<typeof source>, rangeMs: number, queryType = 'statistics') {
  const sent: Answer[] = [];
  const end = new AbortController();
  const query = parseQuery(queryType === 'statistics' ? { queryType, metrics: ['totalCalls'] } : { queryType });
  const request = { query, start: { rangeMs }, intervalMs: minute };
  const ended = runStream(dataSource, request, async (answer) => void sent.push(answer), end.signal);
  return { sent, ended, end: () => end.abort(), counts: () => sent.map(({ fields }) => fields[0]!.values[0]) };
}

test('a question that takes longer than calls come is asked once at a time, the last time for the newest range', async () => {
  const slow = source({ takesMs: 2_000 });
  const { ended, end } = run(slow, 90 * 24 * 60 * minute);
  for (let call = 0; call < 100; call++) {
    await jest.advanceTimersByTimeAsync(100);
    slow.changes.next(change);
  }
  const lastCall = Date.now();
  await jest.advanceTimersByTimeAsync(30_000);
  end();
  await ended;
  expect(slow.mostAtOnce()).toBe(1);
  expect(slow.asked.length).toBeLessThan(10);
  const last = slow.asked.at(-1)!;
  expect(last.to).toBeGreaterThanOrEqual(lastCall);
  expect(last.to - lastCall).toBeLessThan(5_000);
});

test('a figure of the last minute falls when calls leave the minute, though nothing happens', async () => {
  const start = Date.now();
  const { sent, ended, end, counts } = run(source({ count: () => (Date.now() < start + minute ? 3 : 0) }), minute);
  await jest.advanceTimersByTimeAsync(2 * minute);
  end();
  await ended;
  expect(counts()).toEqual([3, 0]);
  expect(sent).toHaveLength(2);
});

test('what stays as it is is not sent again, and a long range is looked at once a minute', async () => {
  const quiet = source();
  const { sent, ended, end } = run(quiet, 24 * 60 * minute);
  await jest.advanceTimersByTimeAsync(10.5 * minute);
  end();
  await ended;
  expect(sent).toHaveLength(1);
  expect(quiet.asked).toHaveLength(11);
});

test.each(['statistics', 'calls', 'records', 'servers', 'queueStatus', 'agentStatus', 'annotations'])(
  'a stream of %s fails when its data source stops, so that Grafana runs it again on the next one',
  async (queryType) => {
    const stopped = source();
    Object.assign(stopped.dataSource.answers.store, {
      selectCalls: async () => ({ rows: [], sql: '' }),
      selectRecords: async () => ({ rows: [], sql: '' }),
      restarts: async () => [],
    });
    const { ended } = run(stopped, minute, queryType);
    const failed = expect(ended).rejects.toThrow('The data source has stopped');
    await jest.advanceTimersByTimeAsync(10);
    stopped.changes.complete();
    await failed;
  }
);

test('a stream that nobody listens to any more ends without an error', async () => {
  const { ended, end } = run(source(), minute);
  await jest.advanceTimersByTimeAsync(10);
  end();
  await expect(ended).resolves.toBeUndefined();
});
