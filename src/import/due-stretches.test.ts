import fc from 'fast-check';
import { isCovered, type Span } from '../cdr/spans';
import { dueStretches } from './due-stretches';

const minute = 60_000;
const hour = 60 * minute;
const now = 1_000 * hour;
const never = { spans: [], at: -Infinity };
/** A gap by when it began and ended, minutes ago. */
const ago = (from: number, to: number): Span => [now - from * minute, now - to * minute];

describe('stretches that are to be read', () => {
  it('are one for many gaps of a line that flapped', () => {
    const gaps = Array.from({ length: 300 }, (_, n): Span => [now - hour + n * 600, now - hour + n * 600 + 300]);
    expect(dueStretches(gaps, [], never, now)).toEqual({
      early: [],
      late: [[now - hour, now - hour + 299 * 600 + 300]],
    });
  });

  it('hold a gap that becomes known after later ones were read', () => {
    const { late } = dueStretches([ago(60, 40), ago(30, 25)], [ago(30, 25)], never, now);
    // Also what lies between: the two are near enough to be read as one.
    expect(late).toEqual([ago(60, 30)]);
    expect(dueStretches([ago(300, 290), ago(30, 25)], [ago(30, 25)], never, now).late).toEqual([ago(300, 290)]);
  });

  it('are none where all was read', () => {
    expect(dueStretches([ago(60, 40)], [ago(100, 30)], never, now)).toEqual({ early: [], late: [] });
  });

  it('are early ones once for a gap that has just ended, and not before its last records are written', () => {
    const gap = ago(5, 1);
    expect(dueStretches([gap], [], never, now)).toEqual({ early: [gap], late: [] });
    expect(dueStretches([gap], [], { spans: [gap], at: now - 2 * minute }, now)).toEqual({ early: [], late: [] });
    expect(dueStretches([[now - minute, now - 1000]], [], never, now)).toEqual({ early: [], late: [] });
  });

  it('wait for a line that still flaps, an hour at most', () => {
    expect(dueStretches([ago(30, 20), ago(15, 5)], [], never, now).late).toEqual([]);
    expect(dueStretches([ago(80, 61), ago(30, 20), ago(15, 5)], [], never, now).late).toEqual([
      ago(80, 61),
      ago(30, 20),
    ]);
  });

  it('of a line that flaps are early ones once a minute at most', () => {
    const gaps = [ago(5, 4), ago(3, 2)];
    expect(dueStretches(gaps, [], { spans: [gaps[0]!], at: now - minute / 2 }, now).early).toEqual([]);
    expect(dueStretches(gaps, [], { spans: [gaps[0]!], at: now - minute }, now).early).toEqual([gaps[1]]);
  });

  it('are few, however many gaps there are hours apart, and cover them all', () => {
    const gaps = Array.from({ length: 5_000 }, (_, n) => ago(30 + n * 180, 20 + n * 180));
    const { late } = dueStretches(gaps, [], never, now);
    expect(late.length).toBeLessThanOrEqual(500);
    expect(gaps.every((gap) => isCovered(gap, late))).toBe(true);
  });

  it('cover each gap that was written, in whatever order they become known, and are few', () => {
    const gap = fc.tuple(fc.integer({ min: 20, max: 200_000 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 1_500 }), fc.array(gap, { maxLength: 1_500 }), (first, second) => {
        const gapsOf = (list: Array<[number, number]>) => list.map(([end, length]) => ago(end + length, end));
        const once = dueStretches(gapsOf(first), [], never, now).late;
        const all = [...gapsOf(first), ...gapsOf(second)];
        const twice = dueStretches(all, once, never, now).late;
        const read = [...once, ...twice].sort((a, b) => a[0] - b[0]);
        expect(once.length).toBeLessThanOrEqual(500);
        expect(all.every((one) => isJointlyCovered(one, read))).toBe(true);
        expect(read.every(([, to], place) => place === read.length - 1 || to <= read[place + 1]![0])).toBe(true);
      }),
      { numRuns: 50 }
    );
  });
});

/** Stretches that touch are read one after the other. */
function isJointlyCovered(gap: Span, read: readonly Span[]): boolean {
  const joined = read.reduce<Array<[number, number]>>((done, [from, to]) => {
    const last = done.at(-1);
    if (last && from <= last[1]) {
      last[1] = Math.max(last[1], to);
      return done;
    }
    return [...done, [from, to]];
  }, []);
  return isCovered(gap, joined);
}
