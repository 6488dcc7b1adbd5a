import type { Gap } from '../cdr/gap';
import { english } from '../sentences/english';
import { gapNotices as noticesOf } from './gap-notice';

/** As they read in English. */
const gapNotices = (...[gaps, filters, range]: Parameters<typeof noticesOf>) =>
  noticesOf(gaps, filters, range).map(({ severity, text }) => ({ severity, text: english(text) }));

const hour = 3_600_000;
const day = { from: 0, to: 24 * hour };
const gap: Gap = { server: 'pbx', startTime: hour, endTime: 2 * hour, reason: 'silent' };

test('a gap is warned of until it is filled in; then the notice says what is still missing', () => {
  expect(gapNotices([gap], {}, day)).toEqual([
    { severity: 'warning', text: expect.stringContaining("pbx wasn't heard from 1970-01-01 01:00:00 UTC to") },
  ]);
  const filled = { ...gap, filled: true };
  expect(gapNotices([filled, { ...filled, endTime: hour + 1 }], {}, day)).toEqual([
    { severity: 'info', text: expect.stringContaining('2 gaps of pbx are filled in from the CDRs of the PBX') },
  ]);
  expect(gapNotices([gap, filled], {}, day).map(({ severity }) => severity)).toEqual(['warning', 'info']);
});

test('a gap whose queue_log was read says so, and whether other calls may be missing', () => {
  const read = { ...gap, queuesFilled: true };
  expect(gapNotices([read], {}, day)).toEqual([
    { severity: 'warning', text: expect.stringContaining('Calls may be missing') },
    {
      severity: 'info',
      text: expect.stringMatching(/^1 gap of pbx is filled in from the queue_log, .* didn't go through a queue may/),
    },
  ]);
  expect(gapNotices([{ ...read, filled: true }], {}, day)).toEqual([
    { severity: 'info', text: expect.stringMatching(/from the queue_log, .* All other calls .* CDRs of the PBX\.$/) },
  ]);
});

test('gaps of servers that are filtered out make no notice', () => {
  expect(gapNotices([gap, { ...gap, filled: true }], { server: ['other'] }, day)).toEqual([]);
});

test.each([
  [3, /the PBX sent nothing\.$/],
  [4, /\. 1 more gap is in this time range\.$/],
  [5, /\. 2 more gaps are in this time range\.$/],
])('of %i gaps three are named, the others are counted', (count, end) => {
  const [notice] = gapNotices(Array<Gap>(count).fill(gap), {}, day);
  const { text } = notice!;
  expect(text).toMatch(end);
  expect(text.match(/wasn't heard/g)).toHaveLength(3);
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

test('a short gap that goes on, or of which calls are known to be missing, is named in any range', () => {
  const short = { ...gap, endTime: gap.startTime + 4_000 };
  const [notice] = gapNotices([short, { ...short, reason: 'dropped' }, { ...gap, endTime: null }], {}, day);
  expect(notice!.text).toMatch(/weren't stored .* until now/);
  expect(notice!.text).not.toContain('to 1970-01-01 01:00:04 UTC because the PBX sent nothing');
});
