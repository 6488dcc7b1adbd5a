import { cdrRecord, queueEvent } from '../../../tests/support/cdr-builders';
import type { CallParts } from '../../cdr/call-parts';
import { Subject } from 'rxjs';
import { NotHolderError } from '../../store/not-holder-error';
import { alone } from '../../store/sharing';
import type { Store } from '../../store/store';
import { english } from '../../sentences/english';
import { verbatim } from '../../sentences/sentence';
import { StoreWriter } from './store-writer';

const parts = (...sequences: number[]): CallParts => batch(sequences);
const batch = (sequences: readonly number[]): CallParts => ({
  records: sequences.map((sequence) => cdrRecord({ sequence })),
  events: [],
});
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('the store writer', () => {
  /** What the store was given, in order: the sequences of a batch, or the name of a small write. */
  let stored: Array<number[] | string>;
  let attempts: number;
  let problems: string[];
  let setAside: string[];
  let dropped: { parts: number; writes: number };
  let opened: number;
  let closed: number;
  let mostOpen: number;
  /** What the store throws; null while all is well. */
  let trouble: string | null;
  /** What opening throws; null while it can be opened. */
  let openTrouble: string | null;
  let writer: StoreWriter;

  const attempt = (what: number[] | string) => {
    attempts++;
    if (trouble !== null) {
      throw trouble === 'taken over' ? new NotHolderError() : new Error(trouble);
    }
    stored.push(what);
  };
  const put = (name: string) => writer.put(async () => attempt(name));
  let timesHolder: number;
  let storedUntil: number | null;
  /** A write takes until then. */
  let hanging: Promise<void>;
  /** Whether this process is the one that writes. */
  let isHeld: boolean;
  let turns: Subject<boolean>;
  let isShared: boolean;
  let rewinds: Subject<void>;
  const turn = (held: boolean) => {
    isHeld = held;
    turns.next(held);
  };
  const store: Pick<Store, 'add' | 'close' | 'sharing'> = {
    get sharing() {
      return { ...alone, isHeld, turns, isShared, rewinds };
    },
    add: async ({ records }) => {
      await hanging;
      attempt(records.map(({ sequence }) => sequence!));
      return [];
    },
    close: async () => void closed++,
  };

  beforeEach(async () => {
    jest.useFakeTimers();
    [stored, attempts, problems, opened, closed, mostOpen] = [[], 0, [], 0, 0, 0];
    [trouble, openTrouble, setAside, hanging] = [null, null, [], Promise.resolve()];
    [isHeld, turns, timesHolder] = [true, new Subject<boolean>(), 0];
    [isShared, rewinds] = [true, new Subject<void>()];
    storedUntil = null;
    dropped = { parts: 0, writes: 0 };
    writer = new StoreWriter({
      open: async () => {
        if (openTrouble !== null) {
          throw new Error(openTrouble);
        }
        opened++;
        mostOpen = Math.max(mostOpen, opened - closed);
        return store as Store;
      },
      onOpened: () => undefined,
      onHolder: () => timesHolder++,
      onFailed: (error) => problems.push((error as Error).message),
      onStored: () => undefined,
      onAllStored: (until) => (storedUntil = until),
      onDropped: ({ parts: { records, events }, writes }) => {
        dropped.parts += records.length + events.length;
        dropped.writes += writes;
      },
      describe: (error) => [verbatim((error as Error).message)],
      onSetAside: (error) => setAside.push((error as Error).message),
      isFatal: (error) => String(error).includes('FATAL'),
      isOfData: (error) => error instanceof RangeError,
    });
  });
  afterEach(() => jest.useRealTimers());

  describe('with a store', () => {
    beforeEach(() => writer.open());

    it('writes what came within a tenth of a second as one batch', async () => {
      writer.add(parts(1));
      writer.add(parts(2, 3));
      await jest.advanceTimersByTimeAsync(100);
      writer.add(parts(4));
      await jest.advanceTimersByTimeAsync(100);
      expect(stored).toEqual([[1, 2, 3], [4]]);
    });

    it('keeps what comes for some seconds while another process writes, then stores it where it is missing', async () => {
      turn(false);
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(900);
      expect(await writer.settle()).toBe(true);
      expect(stored).toEqual([]);
      expect(writer.waiting).toBe(1);
      await jest.advanceTimersByTimeAsync(200);
      expect(stored).toEqual([[1]]);
    });

    it('says until when all that came is stored, and not before it is', async () => {
      trouble = 'disk full';
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(1_000);
      expect([storedUntil, writer.isIdle]).toEqual([null, false]);
      trouble = null;
      await jest.advanceTimersByTimeAsync(5_000);
      expect(Date.now() - storedUntil!).toBeLessThan(5_000);
      expect(writer.isIdle).toBe(true);
    });

    it('stores at once what waits when it becomes the one that writes', async () => {
      turn(false);
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(500);
      turn(true);
      expect(timesHolder).toBe(1);
      await jest.advanceTimersByTimeAsync(100);
      writer.add(parts(2));
      await jest.advanceTimersByTimeAsync(100);
      expect(stored).toEqual([[1], [2]]);
    });

    it('has no problem where another process took over meanwhile: what was refused is kept and stored as the other ones do', async () => {
      trouble = 'taken over';
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(100);
      turn(false);
      trouble = null;
      writer.add(parts(2));
      expect(writer.problem).toBeNull();
      expect(problems).toEqual([]);
      await jest.advanceTimersByTimeAsync(900);
      expect(stored).toEqual([]);
      await jest.advanceTimersByTimeAsync(200);
      expect(stored).toEqual([[1, 2]]);
    });

    it('writes batches and small writes in the order in which they came', async () => {
      put('a');
      writer.add(parts(1));
      writer.add(parts(2));
      put('b');
      writer.add(parts(3));
      expect(await writer.flush()).toBe(true);
      expect(stored).toEqual(['a', [1, 2], 'b', [3]]);
    });

    it('keeps a batch that the store did not take, with all behind it, in order, and tries again', async () => {
      trouble = 'disk full';
      writer.add(parts(1));
      put('a');
      await jest.advanceTimersByTimeAsync(100);
      writer.add(parts(2));
      expect(await writer.flush()).toBe(false);
      trouble = null;
      await jest.advanceTimersByTimeAsync(2_500);
      expect(stored).toEqual([[1], 'a', [2]]);
    });

    it('says what is wrong for as long as a batch waits, whatever else the store takes meanwhile', async () => {
      trouble = 'disk full';
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(100);
      expect(writer.problem).toEqual([verbatim('disk full')]);
      await writer.run(async () => 'a question that fits');
      expect(writer.problem).toEqual([verbatim('disk full')]);
      trouble = null;
      await jest.advanceTimersByTimeAsync(2_000);
      expect(writer.problem).toBeNull();
      expect(problems).toEqual(['disk full']);
    });

    it('says that a write takes long while it does, so that nobody takes what is shown for all', async () => {
      const write = Promise.withResolvers<void>();
      hanging = write.promise;
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(9_000);
      expect(writer.problem).toBeNull();
      await jest.advanceTimersByTimeAsync(6_100);
      expect(english(writer.problem!)).toMatch(/^A write to the store has taken 15 s/);
      expect(writer.waiting).toBe(1);
      write.resolve();
      await jest.advanceTimersByTimeAsync(100);
      expect(writer.problem).toBeNull();
      expect(stored).toEqual([[1]]);
    });

    it('writes what gathered in several batches', async () => {
      trouble = 'disk full';
      writer.add(batch(upTo(50_000)));
      await jest.advanceTimersByTimeAsync(100);
      trouble = null;
      await jest.advanceTimersByTimeAsync(4_000);
      expect(stored.map((batch) => batch.length)).toEqual([20_000, 20_000, 10_000]);
      expect(stored.flat()).toEqual(upTo(50_000));
      expect(writer.waiting).toBe(0);
    });

    it('cuts batches by arrival, so that the record of a call is in one with its events', async () => {
      for (let call = 0; call < 15_000; call++) {
        writer.add({ records: [], events: [queueEvent('QueueCallerJoin', call)] });
        writer.add(parts(call));
      }
      await writer.flush();
      expect(stored.map((records) => records.length)).toEqual([10_000, 5_000]);
    });

    it('counts what is being written among what is in memory only', async () => {
      writer.add(parts(1, 2));
      const flushed = writer.flush();
      await Promise.resolve();
      expect(writer.waiting).toBe(2);
      await flushed;
      expect(writer.waiting).toBe(0);
    });

    it('drops the oldest records, and says which, rather than grow without bound; small writes stay', async () => {
      trouble = 'disk full';
      put('gap');
      writer.add(batch(upTo(150_000)));
      writer.add(batch(upTo(150_000)));
      writer.add(parts(7));
      expect(dropped).toEqual({ parts: 100_001, writes: 0 });
      trouble = null;
      await writer.flush();
      expect(stored[0]).toBe('gap');
      expect(stored.slice(1).flat()).toHaveLength(200_000);
      expect(stored.flat().at(-1)).toBe(7);
    });

    it('keeps so many of the newest small writes', async () => {
      trouble = 'disk full';
      upTo(10_005).forEach((n) => put(`write ${n}`));
      expect(dropped).toEqual({ parts: 0, writes: 5 });
      trouble = null;
      await writer.flush();
      expect(stored).toHaveLength(10_000);
      expect(stored.at(-1)).toBe('write 10004');
    });

    it('closes a store that broke and opens it again, once, however many found it broken, and loses nothing', async () => {
      trouble = 'FATAL';
      writer.add(parts(1));
      const fail = () => writer.run(() => Promise.reject(new Error('FATAL'))).catch(() => undefined);
      const found = [fail(), fail(), writer.flush()];
      trouble = null;
      await Promise.all(found);
      await jest.advanceTimersByTimeAsync(2_500);
      expect([opened, closed]).toEqual([2, 1]);
      expect(stored).toEqual([[1]]);
      expect(writer.problem).toBeNull();
    });

    it('is opened again, once for each time that it is asked for, when nobody has it open any more', async () => {
      writer.add(parts(1));
      const again = [writer.reopen(), writer.reopen()];
      writer.add(parts(2));
      await Promise.all(again);
      expect([opened, closed]).toEqual([3, 2]);
      await jest.advanceTimersByTimeAsync(2_500);
      expect(stored.flat()).toEqual([1, 2]);
      expect(mostOpen).toBe(1);
    });

    it('is opened once more, and not twice at a time, when it breaks while it is to be opened again', async () => {
      trouble = 'FATAL';
      writer.add(parts(1));
      const again = writer.reopen();
      await jest.advanceTimersByTimeAsync(1);
      trouble = null;
      await again;
      await jest.advanceTimersByTimeAsync(2_500);
      expect(mostOpen).toBe(1);
      expect(opened - closed).toBe(1);
      expect(stored).toEqual([[1]]);
    });

    it('stores what it stored in the last minute again where the database went back, once, before what came since', async () => {
      writer.add(parts(1));
      await jest.advanceTimersByTimeAsync(61_000);
      writer.add(parts(2));
      put('a');
      await jest.advanceTimersByTimeAsync(30_000);
      writer.add(parts(3));
      await jest.advanceTimersByTimeAsync(100);
      // Nobody hears for long that the standby took over.
      await jest.advanceTimersByTimeAsync(300_000);
      stored = [];
      writer.add(parts(4));
      rewinds.next();
      await jest.advanceTimersByTimeAsync(2_500);
      expect(stored).toEqual([[2], 'a', [3, 4]]);
      expect([opened, closed]).toEqual([2, 1]);
      expect(dropped).toEqual({ parts: 0, writes: 0 });
    });

    it('keeps no more than the newest 100,000 for that', async () => {
      for (let minute = 0; minute < 8; minute++) {
        writer.add(batch(upTo(15_000)));
        await writer.flush();
      }
      stored = [];
      rewinds.next();
      await jest.advanceTimersByTimeAsync(2_500);
      expect(stored.flat()).toHaveLength(90_000);
    });

    it('keeps nothing for that of a store of its own', async () => {
      isShared = false;
      writer.add(parts(1));
      await writer.flush();
      rewinds.next();
      await jest.advanceTimersByTimeAsync(2_500);
      expect(stored).toEqual([[1]]);
    });

    it('sets aside a small write that fails each time', async () => {
      writer.put(() => Promise.reject(new RangeError('a gap from never')));
      put('a');
      expect(await writer.flush()).toBe(true);
      expect([stored, setAside]).toEqual([['a'], ['a gap from never']]);
    });

    it('gives the error of a task to who asked for it, and does not try it again', async () => {
      await expect(writer.run(() => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
      expect(writer.problem).toBeNull();
      expect(opened).toBe(1);
    });

    it('tries nothing more once it is closed', async () => {
      trouble = 'disk full';
      writer.add(parts(1));
      await writer.flush();
      await writer.close();
      const before = attempts;
      await jest.advanceTimersByTimeAsync(10_000);
      expect([attempts - before, closed]).toEqual([0, 1]);
      expect(() => writer.store).toThrow('The store is closed');
    });
  });

  it('says why there is no store until it can be opened, opens it by itself and writes what came before', async () => {
    openTrouble = 'no space';
    await writer.open();
    expect(() => writer.store).toThrow('no space');
    writer.add(parts(1));
    put('a');
    expect(await writer.flush()).toBe(false);
    expect(writer.problem).toEqual([verbatim('no space')]);
    openTrouble = null;
    await jest.advanceTimersByTimeAsync(2_001);
    expect(writer.problem).toBeNull();
    expect(stored).toEqual([[1], 'a']);
    expect(problems).toEqual(['no space']);
  });

  it('opens nothing more once it is closed', async () => {
    openTrouble = 'no space';
    await writer.open();
    await writer.close();
    openTrouble = null;
    await jest.advanceTimersByTimeAsync(10_000);
    expect([opened, closed]).toEqual([0, 0]);
  });
});
