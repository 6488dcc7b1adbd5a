import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Subject, type Observable } from 'rxjs';
import { cdrRecord, defaultDerivation, defaultRules, noon } from '../../../tests/support/cdr-builders';
import { noDirectory } from '../../cdr/directory';
import type { Answer } from '../../answers/answer';
import { answerRows } from '../../../tools/replay/answer-rows';
import { assembleCall } from '../../cdr/assemble-call';
import { derivationOf, type Derivation } from '../../cdr/derivation';
import type { CdrRecord } from '../../cdr/record';
import { PbxClocks } from '../../cdr/pbx-clocks';
import { parseQuery } from '../../query/parse-query';
import { openDuckDbStore } from '../../store/duckdb/open-duckdb-store';
import type { ChangedCall, Store, StoreChange } from '../../store/store';
import { parseSettings } from '../../settings/settings';
import type { DataSource } from '../sources/data-source';
import { newRows } from './new-rows';

const hour = 3_600_000;
let folder: string;
let store: Store;

beforeEach(async () => {
  jest.useFakeTimers({ now: noon + hour / 2, doNotFake: ['setTimeout', 'setImmediate', 'setInterval', 'nextTick'] });
  folder = await mkdtemp(path.join(tmpdir(), 'new-rows-'));
  await open(defaultDerivation);
});
afterEach(async () => {
  jest.useRealTimers();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(derivation: Derivation): Promise<void> {
  store = await openDuckDbStore(path.join(folder, 'test.duckdb'), derivation);
}

/** What a live channel of the last hour is sent: rows as their linked ids, calls that are gone as `-id`, `renew`. */
function watch(
  json: object,
  rangeMs = hour,
  { changes = store.changes, onFrame }: { changes?: Observable<StoreChange>; onFrame?: (answer: Answer) => void } = {}
) {
  const source = {
    changes,
    answers: {
      directory: noDirectory,
      store,
      defaults: { serviceLevelThreshold: 20, clocks: new PbxClocks(defaultDerivation) },
      gaps: async () => [],
      differences: async () => [],
      serversNow: () => [],
    },
  } as unknown as DataSource;
  const sent: string[] = [];
  const send = async (answer: Answer): Promise<void> => {
    onFrame?.(answer);
    const kind = answer.meta.custom?.live;
    const ids = answerRows(answer).map(({ linkedId }) => `${kind === 'gone' ? '-' : ''}${String(linkedId)}`);
    sent.push(...(kind === 'renew' ? ['renew'] : ids));
  };
  const request = { query: parseQuery(json), start: { rangeMs }, intervalMs: 60_000 };
  newRows(source, request, send, new AbortController().signal).subscribe();
  /** What came, once there is so much of it. */
  const settled = async (count = 0): Promise<string[]> => {
    for (let look = 0; look < (count === 0 ? 4 : 400) && sent.length < Math.max(1, count); look++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return sent.splice(0);
  };
  return settled;
}

const add = (...records: Array<Partial<CdrRecord>>) =>
  store.add({ records: records.map((record) => cdrRecord(record)), events: [] });
const unanswered = { disposition: 'NO ANSWER', answerTime: null, billableSeconds: 0 };
const second = { uniqueId: 'later', sequence: 2, startTime: noon + 11_000, linkedId: 'a' };

test('a call that stops to match is gone, one that never did is not spoken of', async () => {
  const sent = watch({ queryType: 'calls', filters: { outcome: ['missed'] } });
  await add({ uniqueId: 'a', ...unanswered }, { uniqueId: 'b' });
  expect(await sent(1)).toEqual(['a']);
  await add(second);
  expect(await sent(1)).toEqual(['-a']);
});

test('all records of a call go, and those that match are sent, when its outcome changes', async () => {
  const missed = watch({ queryType: 'records', filters: { outcome: ['missed'] } });
  const answered = watch({ queryType: 'records', filters: { outcome: ['answered'] } });
  await add({ uniqueId: 'a', ...unanswered });
  expect([await missed(1), await answered()]).toEqual([['a'], []]);
  await add(second);
  expect([await missed(1), await answered(3)]).toEqual([['-a'], ['-a', 'a', 'a']]);
});

test('a call whose records turn out to be of another one is gone', async () => {
  const sent = watch({ queryType: 'calls' });
  await add({ uniqueId: 'b', linkedId: 'b', linkedIdMapped: false, imported: true });
  expect(await sent(1)).toEqual(['b']);
  await add({ uniqueId: 'b', linkedId: 'a' });
  expect(await sent(2)).toEqual(['-b', 'a']);
});

test('calls that a change of settings moves out of the filter, or out of the range, are gone', async () => {
  await add({ uniqueId: 'a' }, { uniqueId: 'b', channel: 'PJSIP/1002-00000009' });
  await store.close();
  await open(derivationOf(parseSettings({ externalChannels: ['PJSIP/1002'] })));
  const inbound = watch({ queryType: 'calls', filters: { direction: ['inbound'] } });
  await inbound();
  await store.deriveAgain(() => undefined);
  expect(await inbound(2)).toEqual(expect.arrayContaining(['-a', 'b']));
});

test('what an import or a derivation changes before the range is left out', async () => {
  const sent = watch({ queryType: 'calls', filters: { outcome: ['missed'] } }, hour / 4);
  await add({ uniqueId: 'a', ...unanswered });
  await add(second);
  expect(await sent()).toEqual([]);
});

test('when retention removes calls of the range, history is to be asked again', async () => {
  await add({ uniqueId: 'a' }, { uniqueId: 'b', startTime: noon + 60_000 });
  const long = watch({ queryType: 'calls' });
  const short = watch({ queryType: 'calls' }, 60_000);
  await Promise.all([long(), short()]);
  await store.removeBefore(noon + 1_000);
  expect([await long(1), await short()]).toEqual([['renew'], []]);
});

test('many rows are sent as frames of a thousand, and too many are history to be asked again', async () => {
  const changed = (count: number): ChangedCall[] =>
    Array.from({ length: count }, (_, n) => {
      const records = [cdrRecord({ uniqueId: `a${n}` })];
      const assembled = assembleCall({ records, events: [] }, defaultRules);
      return { id: { server: 'pbx', linkedId: `a${n}` }, assembled, records, freshRecords: records, stood: null };
    });
  const frames: number[] = [];
  const changes = new Subject<StoreChange>();
  const onFrame = (answer: Answer): void => void frames.push(answer.fields[0]?.values.length ?? 0);
  const sent = watch({ queryType: 'calls' }, hour, { changes, onFrame });
  changes.next({ changed: changed(2_500), removedBefore: null });
  expect(await sent(2_500)).toHaveLength(2_500);
  expect(frames).toEqual([1_000, 1_000, 500]);
  changes.next({ changed: changed(10_500), removedBefore: null });
  expect(await sent(1)).toEqual(['renew']);
});

test('a reader that comes later is sent the rows of the last minutes', async () => {
  jest.setSystemTime(noon + 60_000);
  await add({ uniqueId: 'a' });
  expect(await watch({ queryType: 'calls' })(1)).toEqual(['a']);
});

test('a change that comes while the rows of the last minutes are asked for is sent after them', async () => {
  await add({ uniqueId: 'a', ...unanswered });
  jest.setSystemTime(noon + 60_000);
  const ask = store.selectCalls.bind(store);
  jest.spyOn(store, 'selectCalls').mockImplementation(async (...asked) => {
    const answer = await ask(...asked);
    await add(second);
    return answer;
  });
  expect(await watch({ queryType: 'calls', filters: { outcome: ['missed'] } })(2)).toEqual(['a', '-a']);
});
