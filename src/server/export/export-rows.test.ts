import { noDirectory } from '../../cdr/directory';
import type { TextOrigin } from '../../answers/answer';
import { PbxClocks } from '../../cdr/pbx-clocks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { defaultDerivation, noon } from '../../../tests/support/cdr-builders';
import { fillStore } from '../../../tests/support/fill-store';
import { exportParameters, type ExportLayout } from '../../export/export-request';
import { openDuckDbStore } from '../../store/duckdb/open-duckdb-store';
import type { Store } from '../../store/store';
import type { DataSource } from '../sources/data-source';
import { NotAskedError } from '../../plugin-protocol/while-asked';
import { ExportProgresses } from './export-progresses';
import { ExportTurns } from './export-turns';
import { exportRows } from './export-rows';
import { fullView } from '../ask/number-view';
import { sentence } from '../../sentences/sentence';

const stored = 200_000;
const layout: ExportLayout = { format: 'csv', fields: [], dateFormat: 'iso', timeZone: 'Europe/Berlin', header: true };

let folder: string;
let store: Store;

jest.setTimeout(300_000);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'export-'));
  const file = path.join(folder, 'test.duckdb');
  await fillStore(file, stored);
  // What it keeps of its newest calls is read meanwhile, and would be taken for what the export holds.
  store = await openDuckDbStore(file, defaultDerivation, { recentCalls: 0 });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

function source() {
  const answers = {
    directory: noDirectory,
    defaults: { serviceLevelThreshold: 20, clocks: new PbxClocks(defaultDerivation) },
  };
  return { store, answers: answers as unknown as DataSource['answers'], exports: new ExportProgresses() };
}

const never = new AbortController().signal;
const parameters = (): URLSearchParams =>
  exportParameters({ query: { queryType: 'records' }, from: noon, to: noon + stored * 1000 }, layout, 'test-export');

setFlagsFromString('--expose-gc');
const sweep = runInNewContext('gc') as () => void;

/** Bytes that JavaScript holds on to, once all that it does not is swept away. */
function heldBytes(): number {
  sweep();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

it('holds no more in memory at the end of many rows than halfway', async () => {
  const held: number[] = [];
  let [pieces, bytes] = [0, 0];
  await exportRows(
    source(),
    parameters(),
    fullView,
    async ({ body }) => {
      pieces += 1;
      bytes += body.length;
      if (pieces % 50 === 0) {
        held.push(heldBytes());
      }
    },
    never
  );
  expect(held.length).toBeGreaterThan(5);
  // In the first half code is still compiled, once.
  const growth = held.at(-1)! - held[Math.floor(held.length / 2)]!;
  expect(growth / (bytes / 2)).toBeLessThan(0.1);
});

it('tells that it failed, and throws, when a piece can not be sent', async () => {
  const asked = source();
  let pieces = 0;
  const send = async (): Promise<void> => {
    pieces += 1;
    if (pieces === 3) {
      throw new Error('gone');
    }
  };
  await expect(exportRows(asked, parameters(), fullView, send, never)).rejects.toThrow('gone');
  expect(asked.exports.of('test-export')).toEqual({
    state: 'failed',
    done: 500,
    total: stored,
    reason: [sentence('query.hidden')],
  });
});

it('writes texts as whoever asks may see them, and takes filters as they may ask', async () => {
  let file = '';
  const view = {
    ...fullView,
    filters: () => ({ agent: ['1001'] }),
    text: (origin: TextOrigin, text: string) => (origin === 'free' && text !== '' ? '••••' : text),
  };
  await exportRows(
    source(),
    parameters(),
    view,
    async ({ body }) => {
      file += new TextDecoder().decode(body);
    },
    never
  );
  expect(file.trimEnd().split('\r\n').length).toBe(1 + stored / 80);
  expect(file).toContain(',••••,');
  expect(file).not.toContain(',+4930');
});

it('waits while others export, says how many are before it, and begins when its turn comes', async () => {
  const turns = new ExportTurns({ ofOne: 1, inAll: 1, waiting: 10 });
  const asked = source();
  let finish = (): void => undefined;
  const other = turns.run(asked.exports, never, jest.fn(), () => new Promise<void>((end) => (finish = end)));
  let pieces = 0;
  const send = async (): Promise<void> => void pieces++;
  const exported = exportRows(asked, parameters(), fullView, send, never, turns);
  const gone = new AbortController();
  const cancelled = exportRows(asked, parameters(), fullView, send, gone.signal, turns);
  await new Promise(setImmediate);
  expect(asked.exports.of('test-export')).toMatchObject({ state: 'queued', ahead: 1 });
  gone.abort(new NotAskedError('host'));
  await expect(cancelled).rejects.toThrow();
  expect(asked.exports.of('test-export')).toMatchObject({ state: 'failed', reason: [sentence('export.canceled')] });
  expect(pieces).toBe(0);
  finish();
  await Promise.all([other, exported]);
  expect(asked.exports.of('test-export')).toMatchObject({ state: 'done', done: stored });
});
