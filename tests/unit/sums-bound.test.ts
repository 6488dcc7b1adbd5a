import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { maxSums } from '../../src/answers/answer-bounds';
import { fixedOffset } from '../../src/cdr/time-buckets';
import { InvalidQueryError } from '../../src/query/invalid-query-error';
import { openDuckDbStore } from '../../src/store/duckdb/open-duckdb-store';
import { defaultDerivation, noon } from '../support/cdr-builders';
import { fillStore } from '../support/fill-store';

const day = 86_400_000;

test('a store gives no groups without end: it says how many there would be, and answers the next question', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sums-'));
  const file = path.join(folder, 'calls.duckdb');
  // Three calls a second, each of another agent.
  const calls = maxSums + 1_000;
  await fillStore(file, calls);
  const store = await openDuckDbStore(file, defaultDerivation);
  const plan = {
    from: noon,
    to: noon + day,
    filters: {},
    groupBy: ['agent' as const],
    clock: null,
    serviceLevelThreshold: 20,
  };
  const bySecond = store.sum({ ...plan, buckets: { width: 1_000, stretches: fixedOffset(0) } }, ['calls']);
  await expect(bySecond).rejects.toThrow(InvalidQueryError);
  await expect(bySecond).rejects.toThrow(
    `produces ${calls.toLocaleString('en-US')} groups, including time buckets, but at most ${maxSums.toLocaleString('en-US')}`
  );
  expect((await store.sum({ ...plan, buckets: null }, ['calls'])).rows).toHaveLength(80);
  await store.close();
  await rm(folder, { recursive: true });
});
