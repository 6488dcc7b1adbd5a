import type { Gap } from '../cdr/gap';
import { gapNotices } from './gap-notice';

const hour = 3_600_000;
const gap: Gap = { server: 'pbx', startTime: hour, endTime: 2 * hour, reason: 'silent' };

test('a gap is warned of until it is filled in; then what is still told less of is said', () => {
  expect(gapNotices([gap], {})).toEqual([
    { severity: 'warning', text: expect.stringContaining('pbx was not heard from 1970-01-01 01:00:00 UTC') },
  ]);
  const filled = { ...gap, filled: true };
  expect(gapNotices([filled, { ...filled, endTime: hour + 1 }], {})).toEqual([
    { severity: 'info', text: expect.stringContaining("2 gaps of pbx filled in from the PBX's own records") },
  ]);
  expect(gapNotices([gap, filled], {}).map(({ severity }) => severity)).toEqual(['warning', 'info']);
});

test('of a gap whose queue_log was read is said what it tells, and whether other calls may be missing', () => {
  const read = { ...gap, queuesFilled: true };
  expect(gapNotices([read], {})).toEqual([
    { severity: 'warning', text: expect.stringContaining('Calls may be missing') },
    {
      severity: 'info',
      text: expect.stringMatching(/^A gap of pbx filled in from the queue_log: .* through no queue may/),
    },
  ]);
  expect(gapNotices([{ ...read, filled: true }], {})).toEqual([
    { severity: 'info', text: expect.stringMatching(/from the queue_log: .* All other calls .* PBX's own records\.$/) },
  ]);
});

test('gaps of servers that are filtered out are not told', () => {
  expect(gapNotices([gap, { ...gap, filled: true }], { server: ['other'] })).toEqual([]);
});

test.each([
  [3, /heard from [^.]*\.$/],
  [4, /There is 1 gap more\.$/],
  [5, /There are 2 gaps more\.$/],
])('of %i gaps three are named, the others are counted', (count, end) => {
  const [notice] = gapNotices(Array<Gap>(count).fill(gap), {});
  expect(notice!.text).toMatch(end);
  expect(notice!.text.match(/was not heard/g)).toHaveLength(3);
});
