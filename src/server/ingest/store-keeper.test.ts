import type { Store } from '../../store/store';
import { StoreKeeper } from './store-keeper';

type Fake = Pick<Store, 'counts' | 'close'>;

describe('the store keeper', () => {
  let problems: Array<string | null>;
  let opened: number;
  let closed: number;
  let isFull: boolean;
  let keeper: StoreKeeper;

  beforeEach(() => {
    jest.useFakeTimers();
    problems = [];
    opened = 0;
    closed = 0;
    isFull = false;
    const store: Fake = {
      counts: async () => ({ records: 0, calls: 0, firstTime: null, lastTime: null }),
      close: async () => void closed++,
    };
    keeper = new StoreKeeper({
      open: async () => {
        if (isFull) {
          throw new Error('no space');
        }
        opened++;
        return store as Store;
      },
      onOpened: async () => undefined,
      onFailed: (problem) => problems.push(problem),
      describe: String,
      isFatal: (error) => String(error).includes('FATAL'),
    });
  });
  afterEach(() => jest.useRealTimers());

  it('tells why there is no store until it can be opened, and opens it by itself', async () => {
    isFull = true;
    await keeper.open();
    expect(() => keeper.store).toThrow('no space');
    expect(keeper.problem).toBe('Error: no space');
    isFull = false;
    await jest.advanceTimersByTimeAsync(2_000);
    expect(keeper.problem).toBeNull();
    expect(await keeper.store.counts()).toMatchObject({ records: 0 });
    expect(problems).toEqual(['Error: no space']);
  });

  it('knows of a write that failed until one succeeds', async () => {
    await keeper.open();
    await expect(keeper.write(() => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    expect(keeper.problem).toBe('Error: busy');
    await keeper.write((store) => store.counts());
    expect(keeper.problem).toBeNull();
    expect(opened).toBe(1);
  });

  it('closes a store that broke and opens it anew, once, however many writes found it broken', async () => {
    await keeper.open();
    const fail = () => keeper.write(() => Promise.reject(new Error('FATAL'))).catch(() => undefined);
    await Promise.all([fail(), fail()]);
    await jest.advanceTimersByTimeAsync(0);
    expect([opened, closed]).toEqual([2, 1]);
    expect(keeper.problem).toBeNull();
  });

  it('closes what it opened and opens nothing more once it is closed', async () => {
    isFull = true;
    await keeper.open();
    await keeper.close();
    isFull = false;
    await jest.advanceTimersByTimeAsync(10_000);
    expect([opened, closed]).toEqual([0, 0]);
  });
});
