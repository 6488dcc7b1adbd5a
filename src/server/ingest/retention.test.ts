import { cdrRecord, defaultDerivation } from '../../../tests/support/cdr-builders';
import { quietLog } from '../../../tests/support/quiet-log';
import { openDuckDbStore } from '../../store/duckdb/open-duckdb-store';
import { alone } from '../../store/sharing';
import type { Store } from '../../store/store';
import { PbxTime } from './pbx-time';
import { Retention } from './retention';

const hour = 3_600_000;
const day = 24 * hour;
const today = Date.UTC(2026, 10, 24, 12);

describe('retention', () => {
  let store: Store;
  let pbxTime: PbxTime;
  let days: number;
  /** Whether this process is the one that writes. */
  let isHeld: boolean;
  let running: Promise<unknown>;
  let retention: Retention;

  const begin = () =>
    (retention = new Retention({
      days: () => days,
      pbxTime: () => pbxTime.newest,
      run: (task) => {
        const sharing = { ...alone, isShared: true, isHeld };
        const done = task(Object.create(store, { sharing: { value: sharing } }) as Store);
        running = done;
        return done;
      },
      log: quietLog,
    }));
  /** A PBX names its time in an answer to a Ping. */
  const hear = (time: number) =>
    pbxTime.see({
      kind: 'response',
      server: 'pbx',
      fields: { Ping: 'Pong', Timestamp: String(time / 1000) },
      at: Date.now(),
    });
  const pass = async (hours: number) => {
    for (let n = 0; n < hours; n++) {
      jest.advanceTimersByTime(hour);
      await running;
    }
  };
  /** The clock shows another time; no time has passed. */
  const setClock = (by: number) => jest.setSystemTime(Date.now() + by);
  const kept = async () => (await store.counts()).records;

  beforeEach(async () => {
    jest.useFakeTimers({ now: today, doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    store = await openDuckDbStore(':memory:', defaultDerivation);
    // A record a day for 100 days.
    const records = Array.from({ length: 100 }, (_, n) => {
      const startTime = today - n * day - hour;
      return cdrRecord({ startTime, endTime: startTime + 1000, uniqueId: `${startTime / 1000}.1`, sequence: n });
    });
    await store.add({ records, events: [] });
    pbxTime = new PbxTime();
    days = 30;
    isHeld = true;
    running = Promise.resolve();
    begin();
  });
  afterEach(async () => {
    retention.close();
    jest.useRealTimers();
    await store.close();
  });

  it('removes seven days an hour at most, not at once, and says what', async () => {
    hear(today);
    expect(await kept()).toBe(100);
    await pass(1);
    expect(await kept()).toBe(93);
    expect(retention.removed).toMatchObject({ records: 7 });
    await pass(12);
    expect(await kept()).toBe(30);
  });

  it('removes nothing by our clock alone', async () => {
    await pass(24);
    expect(await kept()).toBe(100);
  });

  it('removes nothing in an hour in which the clock was set, were it for two seconds at the start', async () => {
    days = 400;
    setClock(500 * day);
    retention.close();
    begin();
    hear(today + 500 * day);
    setClock(-500 * day);
    await pass(1);
    expect(await kept()).toBe(100);
  });

  it('removes nothing in the hour in which the clock was set forward, though a PBX shows the same time', async () => {
    days = 400;
    setClock(500 * day);
    hear(today + 500 * day);
    await pass(1);
    expect(await kept()).toBe(100);
    await pass(1);
    expect(await kept()).toBe(93);
  });

  it('goes by the clock of the PBXes where ours is far ahead', async () => {
    days = 400;
    setClock(500 * day);
    retention.close();
    begin();
    hear(today);
    await pass(48);
    expect(await kept()).toBe(100);
  });

  it('goes by our clock where that of a PBX is far ahead', async () => {
    days = 400;
    hear(today + 500 * day);
    await pass(48);
    expect(await kept()).toBe(100);
  });

  it('is not held up by single records of long ago', async () => {
    const startTime = Date.UTC(1970, 0, 2);
    await store.add({ records: [cdrRecord({ startTime, uniqueId: `${startTime / 1000}.1` })], events: [] });
    hear(today);
    await pass(13);
    expect(await kept()).toBe(30);
  });

  it('leaves it to the process that writes to a store that several share, until this one takes over', async () => {
    const removed = jest.spyOn(store, 'removeBefore');
    isHeld = false;
    hear(today);
    await pass(24);
    expect(removed).not.toHaveBeenCalled();
    isHeld = true;
    await pass(1);
    expect(await kept()).toBe(93);
  });

  it('keeps all where no days are set', async () => {
    days = 0;
    hear(today);
    await pass(24);
    expect(await kept()).toBe(100);
  });
});
