import type { Gap } from '../cdr/gap';
import { gapNotices } from './gap-notice';

const hour = 3_600_000;
const day = { from: 0, to: 24 * hour };
const gap: Gap = { server: 'pbx', startTime: hour, endTime: 2 * hour, reason: 'silent' };

test('a gap is warned of until it is filled in; then what is still told less of is said', () => {
  expect(gapNotices([gap], {}, day)).toEqual([
    { severity: 'warning', text: expect.stringContaining('pbx was not heard from 1970-01-01 01:00:00 UTC') },
  ]);
  const filled = { ...gap, filled: true };
  expect(gapNotices([filled, { ...filled, endTime: hour + 1 }], {}, day)).toEqual([
    { severity: 'info', text: expect.stringContaining("2 gaps of pbx filled in from the PBX's own records") },
  ]);
  expect(gapNotices([gap, filled], {}, day).map(({ severity }) => severity)).toEqual(['warning', 'info']);
});

test('of a gap whose queue_log was read is said what it tells, and whether other calls may be missing', () => {
  const read = { ...gap, queuesFilled: true };
  expect(gapNotices([read], {}, day)).toEqual([
    { severity: 'warning', text: expect.stringContaining('Calls may be missing') },
    {
      severity: 'info',
      text: expect.stringMatching(/^A gap of pbx filled in from the queue_log: .* through no queue may/),
    },
  ]);
  expect(gapNotices([{ ...read, filled: true }], {}, day)).toEqual([
    { severity: 'info', text: expect.stringMatching(/from the queue_log: .* All other calls .* PBX's own records\.$/) },
  ]);
});

test('gaps of servers that are filtered out are not told', () => {
  expect(gapNotices([gap, { ...gap, filled: true }], { server: ['other'] }, day)).toEqual([]);
});

test.each([
  [3, /heard from [^.]*\.$/],
  [4, /There is 1 gap more\.$/],
  [5, /There are 2 gaps more\.$/],
])('of %i gaps three are named, the others are counted', (count, end) => {
  const [notice] = gapNotices(Array<Gap>(count).fill(gap), {}, day);
  expect(notice!.text).toMatch(end);
  expect(notice!.text.match(/was not heard/g)).toHaveLength(3);
});

test.each([
  ['four seconds of a day', [4_000], 24 * hour, 0],
  ['four seconds of half an hour', [4_000], hour / 2, 1],
  ['one of several that are a minute together', [30_000, 20_000, 10_000], 24 * hour, 1],
  ['a minute of a month', [60_000], 720 * hour, 1],
])('a gap of %s is worth a notice or not', (_, lengths, to, notices) => {
  const gaps = lengths.map((length) => ({ ...gap, endTime: gap.startTime + length }));
  expect(gapNotices(gaps, {}, { from: 0, to })).toHaveLength(notices);
  expect(
    gapNotices(
      gaps.map((one) => ({ ...one, filled: true })),
      {},
      { from: 0, to }
    )
  ).toHaveLength(notices);
});

test('a short gap that goes on, or of which calls are known to be missing, is told of any range', () => {
  const short = { ...gap, endTime: gap.startTime + 4_000 };
  const [notice] = gapNotices([short, { ...short, reason: 'dropped' }, { ...gap, endTime: null }], {}, day);
  expect(notice!.text).toMatch(/not stored .* until now/);
  expect(notice!.text).not.toContain('to 1970-01-01 01:00:04 UTC: the PBX sent nothing');
});
