import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { cdrRecord, defaultDerivation, defaultRules, queueEvent } from '../../tests/support/cdr-builders';
import { sumsOf } from '../../tests/store-suite/open-store';
import { PbxClock } from '../cdr/pbx-clock';
import { importEntries, importKey } from '../settings/import-settings';
import { openDuckDbStore } from '../store/duckdb/open-duckdb-store';
import type { Store } from '../store/store';
import { english } from '../sentences/english';
import { Importer } from './importer';
import { openHistory } from './open-history';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** 2026-11-24 13:00:00 UTC, as `cdr-builders`. */
const noon = Date.UTC(2026, 10, 24, 13);

let now: number;
let folder: string;
let store: Store;
let importer: Importer;
beforeEach(async () => {
  now = noon + 2 * hour;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  folder = await mkdtemp(path.join(tmpdir(), 'queue-log-import-'));
  store = await openDuckDbStore(':memory:', defaultDerivation);
  importer = importOf();
});
afterEach(async () => {
  await importer.close();
  await store.close();
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

function importOf(): Importer {
  const settings = v.parse(importEntries, { kind: 'queue_log', server: 'pbx', type: 'csv', path: 'queue_log' });
  const clock = new PbxClock('UTC');
  return new Importer({
    key: importKey(settings),
    server: settings.server,
    kind: settings.kind,
    type: settings.type,
    store: () => store,
    write: (task) => task(store),
    open: (signal) =>
      openHistory({ settings, password: '', ca: '', csvFolder: folder, clock, rules: defaultRules }, signal),
    keptSince: () => 0,
    hourOfPbx: () => 12,
    onFailed: () => undefined,
  });
}

let written: string;
/** Lines of seconds after noon. */
async function write(...lines: string[]): Promise<void> {
  written = lines
    .map((line) =>
      line.replace(/^\d+/, (seconds) => String(noon / second + Number(seconds))).replace('@', `${noon / second}`)
    )
    .join('\n');
  await writeFile(path.join(folder, 'queue_log'), `${written}\n`);
}

const call = ['10|@.1|support|NONE|ENTERQUEUE||5551234|1', '15|@.1|support|PJSIP/1001|CONNECT|5|@.2|3'];
const end = '75|@.1|support|PJSIP/1001|COMPLETECALLER|5|60|1';

describe('a queue_log that is imported', () => {
  it('gives visits, rings, talks and calls without any other source', async () => {
    await write(...call, end);
    await importer.start();
    await importer.look();
    expect(importer.progress).toMatchObject({ kind: 'queue_log', state: 'done', added: 1, problems: {}, error: null });
    expect(
      await sumsOf(store, ['offered', 'visitTalkSeconds', 'importedVisits', 'handled', 'calls', 'answered'])
    ).toEqual({
      offered: 1,
      visitTalkSeconds: 60,
      importedVisits: 1,
      handled: 1,
      calls: 1,
      answered: 1,
    });
  });

  it('closes exactly what a gap left open, and says of the gap that it is filled in', async () => {
    const { at } = queueEvent('QueueCallerJoin', 10.4);
    await store.add({ records: [], events: [queueEvent('QueueCallerJoin', 10.4)] });
    const gap = { server: 'pbx', startTime: at + second, endTime: at + 5 * minute, reason: 'disconnected' as const };
    await store.addGap(gap);
    await store.add({
      records: [cdrRecord({ startTime: noon, endTime: noon + 75 * second, duration: 75, billableSeconds: 75 })],
      events: [],
    });
    await write(...call, end);
    await importer.start();
    await importer.look();
    expect(importer.isFilled(gap)).toBe(true);
    expect(
      await sumsOf(store, ['offered', 'visitsAnswered', 'visitTalkSeconds', 'derivedVisits', 'importedVisits'])
    ).toEqual({
      offered: 1,
      visitsAnswered: 1,
      visitTalkSeconds: 60,
      derivedVisits: 0,
      importedVisits: 0,
    });
  });

  it('is read again every ten minutes, and nothing of it twice, whoever reads it', async () => {
    await write(...call);
    await importer.start();
    await importer.look();
    await write(...call, end);
    now += 5 * minute;
    await importer.look();
    expect(await sumsOf(store, ['visitTalkSeconds'])).toEqual({ visitTalkSeconds: 0 });
    now += 6 * minute;
    await importer.look();
    await importer.close();
    importer = importOf();
    await importer.start();
    await importer.look();
    expect(importer.progress).toMatchObject({ state: 'done', added: 0 });
    expect(await sumsOf(store, ['offered', 'visitTalkSeconds', 'handled'])).toEqual({
      offered: 1,
      visitTalkSeconds: 60,
      handled: 1,
    });
  });

  it('tells how long agents were logged in and paused where nothing was heard, and nothing twice', async () => {
    await store.addStretches([
      {
        server: 'pbx',
        agent: '1001',
        queues: ['support'],
        startTime: noon + 5 * minute,
        endTime: noon + 10 * minute,
        paused: false,
        pauseReason: '',
        wrapUp: false,
        utcOffset: 0,
      },
    ]);
    await write(
      '0|NONE|support|PJSIP/1001|ADDMEMBER|',
      '1200|NONE|support|PJSIP/1001|PAUSE|Lunch',
      '1800|NONE|support|PJSIP/1001|UNPAUSE|',
      '2400|NONE|support|PJSIP/1001|REMOVEMEMBER|'
    );
    for (const time of [1, 2]) {
      now += time * minute;
      await importer.start();
      await importer.look();
      expect(await sumsOf(store, ['loggedInSeconds', 'pausedSeconds'])).toEqual({
        loggedInSeconds: 2400,
        pausedSeconds: 600,
      });
    }
  });

  it('says what it left out, and why it failed', async () => {
    await write(...call, '20|@.1|support|PJSIP/1001|COMPLETECALLER|5', end);
    await importer.start();
    await importer.look();
    expect(importer.progress.problems).toEqual({ notQueueLog: 1 });
    await rm(path.join(folder, 'queue_log'));
    now += 11 * minute;
    await importer.look();
    expect(english(importer.progress.error!)).toBe('The file "queue_log" doesn\'t exist.');
  });
});
