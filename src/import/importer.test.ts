import { setTimeout as sleep } from 'node:timers/promises';
import { cdrRecord } from '../../tests/support/cdr-builders';
import type { CallParts } from '../cdr/call-parts';
import type { Gap } from '../cdr/gap';
import type { CdrRecord } from '../cdr/record';
import type { ImportType } from '../settings/import-settings';
import { alone, type Sharing } from '../store/sharing';
import type { Chunk, HistorySource } from './history-source';
import { Importer, type ImporterOptions } from './importer';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

let now: number;
let gaps: Gap[];
let kept: unknown;
let stored: CdrRecord[];
let open: Importer[];
let sharing: Sharing = alone;
beforeEach(() => {
  now = Date.UTC(2026, 10, 24, 12);
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  [gaps, kept, stored, open] = [[], undefined, [], []];
});
afterEach(async () => {
  await Promise.all(open.map((importer) => importer.close()));
  jest.restoreAllMocks();
});

const gap = (fromAgo: number, toAgo: number): Gap => ({
  server: 'pbx',
  startTime: now - fromAgo,
  endTime: now - toAgo,
  reason: 'disconnected',
});
const call = (startTime: number): CdrRecord =>
  cdrRecord({ startTime, endTime: startTime + 10 * second, imported: true });

function importer(source: Partial<HistorySource>, changes: Partial<ImporterOptions> = {}, type: ImportType = 'mysql') {
  const store = {
    get sharing() {
      return sharing;
    },
    gaps: async (from: number, to: number) =>
      gaps.filter(({ startTime, endTime }) => startTime < to && (endTime ?? to) > from),
    countRecords: async () => 0,
    stretches: async () => [],
    addStretches: async () => undefined,
    importState: async () => kept,
    add: async ({ records }: CallParts) => {
      stored.push(...records);
      return [];
    },
    keepImportState: async (_: string, state: object) => {
      kept = structuredClone(state);
    },
  };
  const made = new Importer({
    key: 'key',
    server: 'pbx',
    kind: 'cdr',
    type,
    store: () => store,
    write: (task) => task(store),
    keptSince: () => 0,
    hourOfPbx: () => 12,
    onFailed: () => undefined,
    open: async () => ({
      size: async () => 0,
      continues: async () => true,
      history: () => chunks(),
      stretches: null,
      close: async () => undefined,
      ...source,
    }),
    ...changes,
  });
  open.push(made);
  return made;
}

async function* chunks(...list: Array<Partial<Chunk>>): AsyncGenerator<Chunk> {
  for (const chunk of list) {
    yield { records: [], events: [], stretches: [], problems: {}, position: '', read: 0, ...chunk };
  }
}

/** A table with a call each `every` milliseconds of the last two days, which counts the rows that are read of it. */
function table(every: number) {
  const counts = { rows: 0, readings: [] as Array<[number, number]> };
  const source: Partial<HistorySource> = {
    stretches: {
      count: async () => 0,
      between: (from, to) => {
        counts.readings.push([from, to]);
        const last = Math.min(to, now);
        const calls = Array.from({ length: Math.max(0, Math.ceil((last - from) / every)) }, (_, n) => from + n * every);
        counts.rows += calls.length;
        return chunks({ records: calls.map(call) });
      },
    },
  };
  return { counts, source };
}

describe('an import of a store that several share', () => {
  const role = (isHeld: boolean) => (sharing = { ...alone, isShared: true, isHeld });
  afterEach(() => void (sharing = alone));

  it('is done by the one that writes, whoever was asked to begin it', async () => {
    const source = { history: () => chunks({ records: [call(now - hour)], read: 1 }), size: async () => 1 };
    role(false);
    const asked = importer(source);
    const writing = importer(source);
    await asked.start();
    await asked.look();
    expect(stored).toEqual([]);
    expect(asked.progress.state).toBe('running');
    role(true);
    await writing.look();
    expect(stored).toHaveLength(1);
    role(false);
    await asked.look();
    expect(asked.progress).toMatchObject({ state: 'done', done: 1 });
  });
});

describe('gaps', () => {
  it('that become known after later ones are filled in, and are told as filled in only then', async () => {
    const { source } = table(minute);
    const imports = importer(source);
    gaps.push(gap(30 * minute, 25 * minute));
    await imports.look();
    const late = gap(5 * hour, 4 * hour);
    gaps.push(late);
    expect(imports.isFilled(late)).toBe(false);
    stored = [];
    await imports.look();
    expect(imports.isFilled(late)).toBe(true);
    expect(imports.progress.gapsFilled).toBe(2);
    const within = stored.filter(({ startTime }) => startTime! > late.startTime && startTime! < late.endTime!);
    expect(within).toHaveLength(59);
  });

  it('of a line that flaps for three minutes cost little more than one', async () => {
    const every = 9 * second;
    const { counts, source } = table(every);
    const imports = importer(source);
    const began = now;
    for (let n = 0; n < 300; n++) {
      now = began + n * 600;
      gaps.push(gap(300, 0));
      await imports.look();
    }
    for (; now < began + 15 * minute; now += 15 * second) {
      await imports.look();
    }
    const oneDay = day / every;
    expect(counts.rows).toBeLessThan(1.5 * oneDay);
    expect(gaps.every((one) => imports.isFilled(one))).toBe(true);
    expect(imports.progress.gapsFilled).toBe(300);
  });

  it('share the rows that belong to several', async () => {
    const { counts, source } = table(minute);
    gaps.push(gap(20 * hour, 19 * hour), gap(10 * hour, 9 * hour), gap(hour, 30 * minute));
    await importer(source).look();
    expect(counts.readings).toEqual([[now - 44 * hour, now - 29 * minute]]);
  });

  it('are read again by a later run only where it was not done', async () => {
    const { counts, source } = table(minute);
    gaps.push(gap(hour, 30 * minute));
    await importer(source).look();
    const next = importer(source);
    await next.look();
    expect(counts.readings).toHaveLength(1);
    expect(next.isFilled(gaps[0]!)).toBe(true);
  });

  it('that a watermark of an older version passed over are read', async () => {
    kept = { phase: 'idle', position: '', done: 0, total: 0, added: 3, gapsFilled: 1, gapsUntil: now, checkedAt: null };
    const { counts, source } = table(minute);
    gaps.push(gap(hour, 30 * minute));
    await importer(source).look();
    expect(counts.readings).toHaveLength(1);
  });

  it('are filled in by the history that was read after them', async () => {
    const { counts, source } = table(minute);
    const imports = importer(source);
    gaps.push(gap(3 * hour, 2 * hour), gap(5 * minute, 2 * minute));
    await imports.start();
    await imports.look();
    expect(gaps.map((one) => imports.isFilled(one))).toEqual([true, false]);
    // The second one might not be written yet.
    expect(counts.readings).toEqual([[now - 65 * minute, now - minute]]);
  });
});

describe('a file', () => {
  const file = (grown: () => Partial<Chunk>[], begun: string[]): Partial<HistorySource> => ({
    history: (position) => {
      begun.push(position);
      return chunks(...grown());
    },
  });

  it('has its history read from its beginning, also where a gap is being filled in from it', async () => {
    kept = {
      history: { phase: 'done', position: '7:500', done: 500, total: 500, startedAt: now - day },
      ...{ tail: '7:500', read: [], added: 0, gapsFilled: 0, problems: {}, checkedAt: now },
    };
    const begun: string[] = [];
    const imports = importer(
      file(
        () => [
          { position: '7:700', read: 200 },
          { position: '7:900', read: 200 },
        ],
        begun
      ),
      {
        write: (task) =>
          sleep(5).then(() =>
            task({ add: async () => [], addStretches: async () => undefined, keepImportState: async () => undefined })
          ),
      },
      'csv'
    );
    gaps.push(gap(hour, 30 * minute));
    const filling = imports.look();
    await sleep(12);
    await imports.start();
    await filling;
    await imports.look();
    expect(begun.slice(0, 2)).toEqual(['7:500', '']);
    expect(imports.progress).toMatchObject({ state: 'done', done: 400 });
  });

  it('is read on from where it was read to, and keeps all that it grew by, not only what a gap missed', async () => {
    const begun: string[] = [];
    let grown: Partial<Chunk>[] = [{ position: '7:100', read: 100 }];
    const imports = importer(
      file(() => grown, begun),
      {},
      'csv'
    );
    await imports.start();
    await imports.look();
    now += hour;
    gaps.push(gap(40 * minute, 35 * minute));
    const [missed, other] = [call(now - 38 * minute), call(now - 20 * minute)];
    grown = [{ position: '7:300', records: [missed, other], read: 200 }];
    await imports.look();
    expect(stored).toEqual([missed, other]);
    gaps.push(gap(21 * minute, 19 * minute));
    grown = [{ position: '7:300' }];
    await imports.look();
    expect(begun).toEqual(['', '7:100']);
    expect(gaps.map((one) => imports.isFilled(one))).toEqual([true, true]);
  });

  it('that was begun anew fills in no gap of which the old one had the calls', async () => {
    const imports = importer(
      { ...file(() => [{ position: '8:100', records: [call(now - 20 * minute)] }], []), continues: async () => false },
      {},
      'csv'
    );
    kept = {
      history: { phase: 'done', position: '7:500', done: 500, total: 500, startedAt: now - day },
      ...{ tail: '7:500', read: [], added: 0, gapsFilled: 0, problems: {}, checkedAt: now },
    };
    gaps.push(gap(hour, 40 * minute), gap(19 * minute, 15 * minute));
    await imports.look();
    expect(gaps.map((one) => imports.isFilled(one))).toEqual([false, true]);
  });

  it('fills in nothing before its history was asked for', async () => {
    const begun: string[] = [];
    gaps.push(gap(hour, 40 * minute));
    await importer(
      file(() => [], begun),
      {},
      'csv'
    ).look();
    expect(begun).toEqual([]);
  });
});

describe('closing', () => {
  it('breaks off what is asked of a database', async () => {
    let broken = false;
    const imports = importer(
      {},
      {
        open: (signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              broken = true;
              reject(new Error('The import was stopped.'));
            });
          }),
      }
    );
    await imports.start();
    const looking = imports.look();
    await sleep(1);
    await imports.close();
    await looking;
    expect(broken).toBe(true);
    expect(imports.progress.error).toBeNull();
  });

  it('does not wait for a source that never ends', async () => {
    jest.useFakeTimers({ doNotFake: ['Date', 'performance', 'nextTick', 'setImmediate', 'queueMicrotask'] });
    const asked = Promise.withResolvers<void>();
    const imports = importer({
      size: () => {
        asked.resolve();
        return new Promise(() => undefined);
      },
    });
    void imports.start();
    await asked.promise;
    const closing = imports.close();
    jest.advanceTimersByTime(2_000);
    await closing;
    jest.useRealTimers();
  });

  it('stores nothing more, and the next run goes on where the last batch was stored', async () => {
    const positions: string[] = [];
    const rows = { a: call(now - day), b: call(now - hour) };
    const source: Partial<HistorySource> = {
      history: (position) => {
        positions.push(position);
        const rest = position === 'a' ? [] : [{ records: [rows.a], position: 'a', read: 1 }];
        return chunks(...rest, { records: [rows.b], position: 'b', read: 1 });
      },
    };
    const add = async ({ records }: CallParts): Promise<[]> => {
      stored.push(...records);
      if (records.includes(rows.b)) {
        void first.close();
      }
      return [];
    };
    const first: Importer = importer(source, {
      write: (task) =>
        task({
          add,
          addStretches: async () => undefined,
          keepImportState: async (_, state) => void (kept = structuredClone(state)),
        }),
    });
    await first.start();
    await first.look();
    const next = importer(source);
    await next.look();
    expect(positions).toEqual(['', 'a']);
    expect(next.progress).toMatchObject({ state: 'done', done: 2 });
  });
});

it('what was wrong with rows is counted over the whole history', async () => {
  const imports = importer({
    history: () => chunks({ problems: { noStart: 2, badNumber: 1 } }, { problems: { noStart: 1 } }),
  });
  await imports.start();
  await imports.look();
  expect(imports.progress.problems).toEqual({ noStart: 3, badNumber: 1 });
});

it('an import whose failure can’t be told goes on', async () => {
  let opened = 0;
  const imports = importer(
    {},
    {
      open: async () => {
        opened++;
        throw new Error('No route.');
      },
      onFailed: () => {
        throw new Error('The log is full.');
      },
    }
  );
  await imports.start();
  await imports.look().catch(() => undefined);
  await imports.look().catch(() => undefined);
  expect(opened).toBeGreaterThan(1);
});
