import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from '../../tools/plugin-host/data-source';
import { startPlugin, type HostedPlugin } from '../../tools/plugin-host/start-plugin';
import { noon } from '../support/cdr-builders';
import { fillStore } from '../support/fill-store';

const stored = 300_000;
const hour = 3_600_000;
const dataSource: DataSource = { uid: 'cdr', name: 'CDR', jsonData: {}, updated: 1 };

let folder: string;
let plugin: HostedPlugin;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cancel-'));
  await fillStore(path.join(folder, '1-cdr.duckdb'), stored);
  plugin = await startPlugin({ dataPath: folder });
  await plugin.client.checkHealth(dataSource);
}, 120_000);
afterAll(async () => {
  await plugin.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Asks, and gives how long it took and how it ended. */
async function ask(json: object, range: { from: number; to: number }, signal?: AbortSignal) {
  const begun = performance.now();
  const query = { refId: 'A', queryType: '', json, ...range, intervalMs: 60_000, maxDataPoints: 100 };
  const answer = await plugin.client
    .queryData(dataSource, [query], {}, signal)
    .then((answers) => answers.get('A')?.error?.message ?? 'answered', String);
  return { ms: performance.now() - begun, answer };
}

const all = { from: noon - hour, to: noon + stored * 1000 };

/** A question that no other one has answered before. */
function slowQuestion(n: number): object {
  const conditions = [{ field: 'source', operator: '=~', values: [`(.*[0-9].*){1,5}${n}.*`] }];
  return {
    queryType: 'statistics',
    metrics: ['totalCalls', 'averageTalkTime'],
    groupBy: ['agent', 'hourOfDay', 'dayOfWeek'],
    filters: { conditions },
  };
}

it('frees the places of questions that nobody waits for, running and waiting ones', async () => {
  const alone = await ask(slowQuestion(1), all);
  expect(alone.answer).toBe('answered');

  // As someone who drags through ranges does: more than may run at once, each given up.
  const gone = new AbortController();
  const given = Array.from({ length: 6 }, (_, n) => ask(slowQuestion(n + 2), all, gone.signal));
  await sleep(alone.ms / 10);
  gone.abort();
  expect((await Promise.all(given)).map(({ answer }) => answer)).toEqual(
    given.map(() => expect.stringContaining('CANCELLED'))
  );
  const next = await ask({ queryType: 'statistics', metrics: ['totalCalls'] }, { from: noon, to: noon + hour });
  expect(next.answer).toBe('answered');
  expect(next.ms).toBeLessThan(alone.ms);
}, 120_000);
