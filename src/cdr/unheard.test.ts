import type { Gap } from './gap';
import { unheard } from './unheard';

const gap: Gap = { server: 'pbx', startTime: 100, endTime: 200, reason: 'disconnected' };
const pieces = (from: Gap, ...heard: Array<[number, number]>) =>
  unheard(from, heard, 300).map(({ startTime, endTime }) => [startTime, endTime]);

test('a gap is where nobody heard the PBX', () => {
  expect(pieces(gap)).toEqual([[100, 200]]);
  expect(pieces(gap, [0, 130], [150, 180])).toEqual([
    [130, 150],
    [180, 200],
  ]);
  expect(pieces(gap, [90, 150], [140, 210])).toEqual([]);
});

test('a gap goes on while nobody hears the PBX', () => {
  const open = { ...gap, endTime: null };
  expect(pieces(open, [110, 150])).toEqual([
    [100, 110],
    [150, null],
  ]);
  expect(pieces(open, [90, 300])).toEqual([]);
});

test('what was heard and not stored is a gap whoever else heard it', () => {
  expect(pieces({ ...gap, reason: 'unrecorded' }, [0, 300])).toEqual([[100, 200]]);
  expect(pieces({ ...gap, reason: 'dropped' }, [0, 300])).toEqual([[100, 200]]);
});
