import fc from 'fast-check';
import type { Gap } from './gap';
import { joinGaps } from './join-gaps';

const second = 1000;
const gap = (from: number, to: number | null, changes: Partial<Gap> = {}): Gap => ({
  server: 'pbx',
  startTime: from * second,
  endTime: to === null ? null : to * second,
  reason: 'disconnected',
  ...changes,
});

describe('gaps', () => {
  it('of a line that flaps for a day are one', () => {
    const gaps = Array.from({ length: 86_000 }, (_, n) => gap(n, n + 0.5));
    expect(joinGaps(gaps)).toEqual([gap(0, 85_999.5)]);
  });

  it('that are stored twice, or overlap, are one', () => {
    expect(joinGaps([gap(0, 600), gap(0, 600), gap(300, 700)])).toEqual([gap(0, 700)]);
  });

  it('that are far apart, of another PBX, for another reason, filled in or going on stay by themselves', () => {
    const gaps = [
      gap(0, 10),
      gap(1, 10, { server: 'other' }),
      gap(2, 10, { reason: 'silent' }),
      gap(3, 10, { filled: true }),
      gap(20, null),
      gap(71, 80),
    ];
    expect(joinGaps(gaps)).toEqual(gaps);
  });

  it('cover all that they covered, in whatever order they come', () => {
    const any = fc.tuple(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 300 }));
    fc.assert(
      fc.property(fc.array(any), (list) => {
        const joined = joinGaps(list.map(([from, length]) => gap(from, from + length)));
        expect(
          list.every(([from, length]) =>
            joined.some(({ startTime, endTime }) => startTime <= from * second && endTime! >= (from + length) * second)
          )
        ).toBe(true);
        expect(joined.every((one, n) => n === 0 || one.startTime - joined[n - 1]!.endTime! > 60 * second)).toBe(true);
      })
    );
  });
});
