import type { Span } from '../../cdr/spans';
import { alone, type Sharing } from '../../store/sharing';
import { SharedHearing } from './shared-hearing';

describe('what a process heard of a store that it shares', () => {
  let kept: Array<[string, readonly Span[]]>;
  let heardSpans: Map<string, Span[]>;
  let isShared: boolean;
  let hearing: SharedHearing;
  const sharing = (): Sharing => ({ ...alone, isShared, keepHeard: async (spans) => void (kept = [...spans]) });
  beforeEach(() => {
    jest.useFakeTimers();
    [kept, heardSpans, isShared] = [[], new Map([['pbx', [[1_000, 2_000]]]]), true];
    hearing = new SharedHearing({
      listener: {
        get heardSpans() {
          return heardSpans;
        },
      },
      sharing: () => sharing(),
    });
  });
  afterEach(() => {
    hearing.close();
    jest.useRealTimers();
  });

  it('is known to others a moment after it is stored, and not before', async () => {
    hearing.stored(1_800);
    await jest.advanceTimersByTimeAsync(300);
    expect(kept).toEqual([['pbx', [[1_000, 1_800]]]]);
    heardSpans.set('pbx', [
      [1_000, 2_000],
      [2_500, 2_600],
    ]);
    await jest.advanceTimersByTimeAsync(1_000);
    hearing.stored(2_400);
    await jest.advanceTimersByTimeAsync(300);
    expect(kept).toEqual([['pbx', [[1_000, 2_000]]]]);
  });

  it('waits no negative time, not even the first time', () => {
    const wait = jest.spyOn(global, 'setTimeout');
    hearing.stored(1_800);
    expect(wait.mock.calls.map(([, ms]) => ms)).toEqual([0]);
  });

  it('is said a few times a second at most, and only where others share the store', async () => {
    let times = 0;
    for (let batch = 0; batch < 10; batch++) {
      kept = [];
      hearing.stored(1_500 + batch);
      await jest.advanceTimersByTimeAsync(100);
      times += kept.length;
    }
    expect(times).toBeLessThan(7);
    isShared = false;
    await jest.advanceTimersByTimeAsync(300);
    kept = [];
    hearing.stored(2_000);
    await jest.advanceTimersByTimeAsync(300);
    expect(kept).toEqual([]);
  });
});
