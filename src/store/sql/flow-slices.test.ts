import { joinSlices, slicesOf } from './flow-slices';

const day = 86_400_000;

describe('the slices of a range', () => {
  it('are a month each and at most 50, one after the other, and one where nothing is put in order', () => {
    expect(slicesOf({ from: 5, to: 5 + 70 * day, peaks: true })).toEqual([
      { from: 5, to: 5 + 32 * day },
      { from: 5 + 32 * day, to: 5 + 64 * day },
      { from: 5 + 64 * day, to: 5 + 70 * day },
    ]);
    expect(slicesOf({ from: 5, to: 5 + 70 * day, peaks: false })).toEqual([{ from: 5, to: 5 + 70 * day }]);
    const century = slicesOf({ from: 0, to: 47_482 * day, peaks: true });
    expect([century.length, century.at(-1)!.to]).toEqual([50, 47_482 * day]);
    expect(slicesOf({ from: 9, to: 9, peaks: true })).toEqual([{ from: 9, to: 9 }]);
  });

  it('give the flow of a bucket that they cut as one', () => {
    const group = ['PJSIP/a'];
    const slices = [
      [
        { bucket: 20, group, change: 2, moment: 50, most: 5 },
        { bucket: 10, group, change: 3, moment: 30, most: 4 },
      ],
      [{ bucket: 20, group, change: -4, moment: -90, most: 1 }],
    ];
    expect(joinSlices(slices)).toEqual([
      { bucket: 10, group, change: 3, moment: 30, rise: 4 },
      { bucket: 20, group, change: -2, moment: -40, rise: 3 },
    ]);
  });
});
