import type { Gap } from '../../cdr/gap';
import type { Span } from '../../cdr/spans';
import { alone, type Sharing } from '../../store/sharing';
import { HeardElsewhere } from './heard-elsewhere';

const minute = 60_000;
const now = 100 * minute;
const gap: Gap = { server: 'pbx', startTime: 90 * minute, endTime: 95 * minute, reason: 'disconnected' };

describe('a gap of a process that shares its store', () => {
  let stored: Gap[];
  let others: Span[];
  let sharing: Sharing;
  let store: { sharing: Sharing; addGap: (gap: Gap) => Promise<void>; gaps: () => Promise<Gap[]> };
  let elsewhere: HeardElsewhere;
  beforeEach(() => {
    [stored, others] = [[], []];
    sharing = { ...alone, isShared: true, heardByOthers: async () => new Map([['pbx', others]]) };
    store = { sharing, addGap: async (one) => void stored.push(one), gaps: async () => stored };
    elsewhere = new HeardElsewhere();
  });
  const times = (gaps: Gap[]) =>
    gaps.map(({ startTime, endTime }) => [startTime / minute, endTime && endTime / minute]);

  it('is stored where nobody heard the PBX, once others had the time to say so', async () => {
    await elsewhere.add(store, gap);
    await elsewhere.store(store, gap.endTime! + 20_000);
    expect(stored).toEqual([]);
    others = [[80 * minute, 92 * minute]];
    await elsewhere.store(store, now);
    expect(times(stored)).toEqual([[92, 95]]);
    await elsewhere.store(store, now);
    expect(stored).toHaveLength(1);
  });

  it('is shown meanwhile, as one that goes on is, without what others heard or hear now', async () => {
    await elsewhere.add(store, gap);
    const open: Gap = { ...gap, startTime: 96 * minute, endTime: null };
    others = [
      [80 * minute, 94 * minute],
      [98 * minute, now - 20_000],
    ];
    expect(times(await elsewhere.unheard(store, [open], now))).toEqual([
      [96, 98],
      [94, 95],
    ]);
  });

  it('is no gap again where another process stored that stretch for another reason', async () => {
    stored = [{ ...gap, reason: 'stopped', endTime: 93 * minute }];
    await elsewhere.add(store, gap);
    await elsewhere.store(store, now);
    expect(times(stored)).toEqual([
      [90, 93],
      [93, 95],
    ]);
  });

  it('is none where another process was killed a moment before it could say that it heard the PBX until then', async () => {
    await elsewhere.add(store, gap);
    others = [[80 * minute, 95 * minute - 300]];
    await elsewhere.store(store, now);
    expect(stored).toEqual([]);
    const short = { ...gap, startTime: 95 * minute - 300 };
    await elsewhere.add(store, short);
    await elsewhere.store(store, now);
    expect(stored).toEqual([short]);
  });

  it('is stored before the process ends, and at once where what was heard was not stored', async () => {
    await elsewhere.add(store, { ...gap, reason: 'dropped' });
    await elsewhere.add(store, gap);
    expect(stored).toMatchObject([{ reason: 'dropped' }]);
    await elsewhere.store(store, gap.endTime!, true);
    expect(stored).toMatchObject([{ reason: 'dropped' }, { reason: 'disconnected' }]);
  });

  it('tells of a PBX that another process hears now', async () => {
    others = [[80 * minute, now - 20_000]];
    await elsewhere.store(store, now);
    expect(elsewhere.heard(now)).toEqual(new Map([['pbx', { until: now - 20_000, isNow: true }]]));
    expect(elsewhere.heard(now + minute)).toEqual(new Map([['pbx', { until: now - 20_000, isNow: false }]]));
    elsewhere.forget(new Map([['pbx', now - minute]]));
    expect(elsewhere.heard(now).size).toBe(1);
    elsewhere.forget(new Map([['pbx', now]]));
    expect(elsewhere.heard(now).size).toBe(0);
  });
});
