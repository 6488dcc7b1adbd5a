import { defaultDerivation } from '../../../tests/support/cdr-builders';
import type { Gap } from '../../cdr/gap';
import type { KnownSpan } from '../../cdr/pbx-clocks';
import type { Restart } from '../../cdr/restart';
import type { Span } from '../../cdr/spans';
import { Listener } from '../../listener/listener';
import { alone, type Sharing } from '../../store/sharing';
import { GapKeeper } from './gap-keeper';

const minute = 60_000;

describe('the gap keeper', () => {
  let stored: { gaps: Gap[]; restarts: Restart[]; heard: Map<string, number>; clocks: KnownSpan[] };
  let isOpen: boolean;
  let waiting: Array<() => Promise<void>>;
  let keeper: GapKeeper;
  let listener: Listener;

  const store = {
    sharing: alone as Sharing,
    addGap: async (gap: Gap) => void stored.gaps.push(gap),
    gaps: async () => stored.gaps,
    addRestart: async (restart: Restart) => void stored.restarts.push(restart),
    restarts: async () => stored.restarts,
    rememberHeard: async (heard: ReadonlyMap<string, number>) => void (stored.heard = new Map(heard)),
    lastHeard: async () => stored.heard,
    clocks: async () => stored.clocks,
    keepClocks: async (clocks: readonly KnownSpan[]) => void (stored.clocks = [...clocks]),
  };
  /** The store can be opened from now on, and takes what waited. */
  const open = async () => {
    isOpen = true;
    await keeper.recall();
    await jest.advanceTimersByTimeAsync(10_000);
    for (const write of waiting.splice(0)) {
      await write();
    }
  };

  const hear = (name: string, fields: Record<string, string> = {}) =>
    listener.hear({
      kind: 'frame',
      frame: { kind: 'event', server: 'pbx-a', name, fields, at: Date.now(), recovered: false },
    });

  beforeEach(() => {
    jest.useFakeTimers({ now: 60 * minute });
    stored = { gaps: [], restarts: [], heard: new Map(), clocks: [] };
    isOpen = false;
    waiting = [];
    listener = new Listener(defaultDerivation, {
      event: () => undefined,
      gap: (gap) => keeper.add(gap),
      restart: (restart) => keeper.addRestart(restart),
      stretches: () => undefined,
      boardChanged: () => undefined,
      serverFound: () => undefined,
      badInput: () => undefined,
    });
    keeper = new GapKeeper({
      listener,
      store: () => {
        if (!isOpen) {
          throw new Error('disk full');
        }
        return store;
      },
      forget: (server, at) => listener.forget(server, at),
      put: (write) => waiting.push(() => write(store)),
      flush: async () => isOpen,
    });
  });
  afterEach(async () => {
    await keeper.close();
    jest.useRealTimers();
  });

  it('stores what was dropped of each PBX as one gap, once the store takes something again', async () => {
    hear('Hangup');
    keeper.drop('pbx-a', 50 * minute, 51 * minute);
    keeper.drop('pbx-a', 48 * minute, 49 * minute);
    keeper.drop('pbx-b', 50 * minute, 50 * minute);
    await open();
    const expected = [
      { server: 'pbx-a', startTime: 48 * minute, endTime: 51 * minute, reason: 'dropped' },
      { server: 'pbx-b', startTime: 50 * minute, endTime: 50 * minute, reason: 'dropped' },
    ];
    expect(stored.gaps).toEqual(expected);
    expect(await keeper.gaps(0, 61 * minute)).toEqual(expected);
  });

  it('marks in a store that is taken again what others took meanwhile', async () => {
    hear('Hangup');
    await open();
    stored.heard = new Map([['pbx-a', 50 * minute]]);
    const movedAt = Date.now();
    keeper.moved(movedAt);
    await open();
    const expected = [{ server: 'pbx-a', startTime: 50 * minute, endTime: movedAt, reason: 'stopped' }];
    expect(stored.gaps).toEqual(expected);
    await open();
    expect(stored.gaps).toEqual(expected);
  });

  it('stores what a run before missed once, though two ask for it at the same time', async () => {
    stored.heard = new Map([['pbx-a', 50 * minute]]);
    hear('Hangup');
    isOpen = true;
    await Promise.all([keeper.recall(), keeper.recall()]);
    await open();
    expect(stored.gaps).toMatchObject([{ server: 'pbx-a', startTime: 50 * minute, reason: 'stopped' }]);
  });

  it('shows what was dropped before the gap is stored', async () => {
    keeper.drop('pbx-a', 50 * minute, 51 * minute);
    isOpen = true;
    expect(await keeper.gaps(0, 50.5 * minute)).toMatchObject([{ server: 'pbx-a', reason: 'dropped' }]);
    expect(await keeper.gaps(52 * minute, 60 * minute)).toEqual([]);
  });

  it('knows of a store that opens late when the run before heard each PBX and which starts it knew', async () => {
    stored.heard.set('pbx-a', 30 * minute);
    stored.restarts.push({ server: 'pbx-a', time: 20 * minute });
    hear('FullyBooted', { Uptime: String(40 * 60) });
    hear('FullyBooted', { Uptime: '60' });
    await open();
    expect(stored.gaps).toEqual([{ server: 'pbx-a', startTime: 30 * minute, endTime: 60 * minute, reason: 'stopped' }]);
    expect(stored.restarts.map(({ time }) => time)).toEqual([20 * minute, 59 * minute]);
  });

  it('does not remember a PBX as heard while what it said is not stored', async () => {
    hear('Hangup');
    await jest.advanceTimersByTimeAsync(30_000);
    expect(waiting).toEqual([]);
    await open();
    expect(stored.heard.get('pbx-a')).toBe(60 * minute);
  });

  it('keeps what is learned of clocks, and gives it to the next run', async () => {
    await open();
    hear('Cdr', { UniqueID: '3600.1', StartTime: '1970-01-01 03:00:00' });
    hear('Cdr', { UniqueID: '1795526700.1', StartTime: '2026-11-24 15:25:00' });
    await open();
    const kept = { server: 'pbx-a', from: 1795526700_000, to: 1795526700_000, offset: 7200 };
    expect(stored.clocks).toEqual([kept]);
    stored.clocks = [{ ...kept, server: 'pbx-b', offset: 3600 }];
    const next = new GapKeeper({
      listener,
      store: () => store,
      forget: () => 0,
      put: () => 0,
      flush: async () => true,
    });
    await next.recall();
    await next.close();
    expect(listener.clocks.of('pbx-b').offsetAt(0)).toBe(3600);
  });

  it('leaves when each PBX was heard, and its clock, to the process that writes to a shared store', async () => {
    store.sharing = { ...alone, isShared: true, isHeld: false };
    await open();
    hear('Cdr', { UniqueID: '1795526700.1', StartTime: '2026-11-24 15:25:00' });
    await open();
    expect([stored.heard, stored.clocks]).toEqual([new Map(), []]);
    store.sharing = { ...store.sharing, isHeld: true };
    await open();
    expect([...stored.heard.keys(), stored.clocks.length]).toEqual(['pbx-a', 1]);
    store.sharing = alone;
  });

  it('stores a gap of which a run before knew that was killed before it stored it', async () => {
    const heard: Span[] = [
      [10 * minute, 20 * minute],
      [30 * minute, 57 * minute],
      [58 * minute, 60 * minute],
    ];
    store.sharing = { ...alone, isShared: true, heardByOthers: async () => new Map([['pbx-a', heard]]) };
    await open();
    await open();
    await open();
    await open();
    expect(stored.gaps).toEqual([{ server: 'pbx-a', startTime: 57 * minute, endTime: 58 * minute, reason: 'stopped' }]);
    store.sharing = alone;
  });

  describe('a PBX that another process was asked to remove', () => {
    const ahead = 5 * minute;
    let forgotten: Map<string, number>;
    beforeEach(() => {
      forgotten = new Map();
      store.sharing = { ...alone, isShared: true, clockOffset: ahead, forgotten: async () => forgotten };
    });
    afterEach(() => void (store.sharing = alone));

    it('is forgotten, its gap ends then, and is not remembered as heard', async () => {
      stored.heard = new Map([['pbx-a', 30 * minute + ahead]]);
      await open();
      expect(listener.lastHeard.has('pbx-a')).toBe(true);
      forgotten = new Map([['pbx-a', 45 * minute + ahead]]);
      await open();
      expect(listener.lastHeard.size).toBe(0);
      expect(listener.servers).toEqual([]);
      expect(stored.heard.size).toBe(0);
      await jest.advanceTimersByTimeAsync(30_000);
      await open();
      expect(stored.gaps).toEqual([
        { server: 'pbx-a', startTime: 30 * minute + ahead, endTime: 45 * minute + ahead, reason: 'stopped' },
      ]);
    });

    it('is known again once it is heard again', async () => {
      forgotten = new Map([['pbx-a', 45 * minute + ahead]]);
      hear('Hangup');
      await open();
      expect([...listener.lastHeard.keys()]).toEqual(['pbx-a']);
      expect([...stored.heard.keys()]).toEqual(['pbx-a']);
    });

    it('is not brought back by what a run before this one, or another process, heard of it', async () => {
      stored.heard = new Map([['pbx-a', 30 * minute + ahead]]);
      forgotten = new Map([['pbx-a', 45 * minute + ahead]]);
      store.sharing = {
        ...store.sharing,
        heardByOthers: async () => new Map([['pbx-a', [[20 * minute, 40 * minute + ahead]]]]),
      };
      await open();
      expect(listener.servers).toEqual([]);
      await jest.advanceTimersByTimeAsync(30_000);
      await open();
      expect(stored.gaps).toEqual([]);
    });
  });

  it('forgets for the next run the only PBX that there is', async () => {
    stored.heard = new Map([['pbx-a', 30 * minute]]);
    await open();
    listener.forget('pbx-a', Date.now());
    await open();
    expect(stored.heard.size).toBe(0);
  });

  it('learns what another process that writes learned of clocks', async () => {
    store.sharing = { ...alone, isShared: true, isHeld: false };
    await open();
    stored.clocks = [{ server: 'pbx-b', from: 0, to: 0, offset: 3600 }];
    await open();
    expect(listener.clocks.of('pbx-b').offsetAt(0)).toBe(3600);
    store.sharing = alone;
  });

  it('tells times by the clock of a store that several share, by which they agree', async () => {
    const ahead = 5 * minute;
    const spans: Array<ReadonlyMap<string, readonly Span[]>> = [];
    const others = new Map<string, Span[]>([['pbx-a', [[0, 58 * minute + ahead]]]]);
    store.sharing = {
      ...alone,
      isShared: true,
      clockOffset: ahead,
      heardByOthers: async () => others,
      keepHeard: async (heard) => void spans.push(heard),
    };
    hear('Hangup');
    await open();
    const at = 60 * minute + ahead;
    expect(spans).toEqual([new Map([['pbx-a', [[at, at]]]])]);
    expect(stored.heard).toEqual(new Map([['pbx-a', at]]));
    // What happened since others heard the PBX last is shown at once, and stored once they had time to speak.
    expect(await keeper.gaps(0, 70 * minute)).toMatchObject([
      { startTime: 58 * minute + ahead, endTime: at, reason: 'stopped' },
    ]);
    await jest.advanceTimersByTimeAsync(30_000);
    await open();
    expect(stored.gaps).toMatchObject([{ startTime: 58 * minute + ahead, endTime: at, reason: 'stopped' }]);
    store.sharing = alone;
  });
});
