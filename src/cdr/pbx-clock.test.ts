import { PbxClock } from './pbx-clock';
import { parseWallClock, uniqueIdTime } from './wall-clock';

const hour = 3600;

function offset(clock: PbxClock, wall: string, uniqueId: string): number | null {
  return clock.offsetOf(parseWallClock(wall)!, uniqueId);
}

/** UniqueID of a channel that began at a UTC time. */
function idAt(utc: string): string {
  return `pbx-${Date.parse(utc) / 1000}.7`;
}

describe('parseWallClock', () => {
  it('reads a time as if it were UTC', () => {
    expect(parseWallClock('2026-11-24 13:25:00')).toBe(Date.UTC(2026, 10, 24, 13, 25));
  });

  it.each([
    '',
    'yesterday',
    '2026-02-30 10:00:00',
    '2026-11-24 25:00:00',
    '0000-00-00 00:00:00',
    '1970-01-01 00:00:00',
  ])('gives null for %j', (text) => expect(parseWallClock(text)).toBeNull());
});

describe('uniqueIdTime', () => {
  it('takes the epoch with and without a system name', () => {
    expect(uniqueIdTime('1795526700.0')).toBe(1795526700000);
    expect(uniqueIdTime('pbx-east-1795526700.12')).toBe(1795526700000);
  });

  it.each(['', 'abc', '1795526700', '17.5'])('gives null for %j', (id) => expect(uniqueIdTime(id)).toBeNull());
});

describe('PbxClock with a zone', () => {
  const clock = new PbxClock('America/New_York');

  it('knows summer and winter', () => {
    expect(offset(clock, '2026-07-01 12:00:00', idAt('2026-07-01T16:00:00Z'))).toBe(-4 * hour);
    expect(offset(clock, '2026-12-01 12:00:00', idAt('2026-12-01T17:00:00Z'))).toBe(-5 * hour);
  });

  it('tells the two halves of the repeated hour by UniqueID', () => {
    expect(offset(clock, '2026-11-01 01:30:00', idAt('2026-11-01T05:30:00Z'))).toBe(-4 * hour);
    expect(offset(clock, '2026-11-01 01:30:00', idAt('2026-11-01T06:30:00Z'))).toBe(-5 * hour);
  });

  it('takes the offset before the change for a wall time that was skipped', () => {
    expect(offset(clock, '2026-03-08 02:30:00', 'no-epoch')).toBe(-5 * hour);
  });

  it('is overruled where the call would begin before its own channel', () => {
    expect(offset(new PbxClock('Asia/Tokyo'), '2026-11-24 12:00:00', idAt('2026-11-24T12:00:00Z'))).toBe(0);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => new PbxClock('Mars/Olympus')).toThrow('"Mars/Olympus" is not a time zone');
  });
});

describe('PbxClock without a zone', () => {
  /** A live record: its end by the wall clock and when it arrived. */
  const live = (clock: PbxClock, wall: string, uniqueId: string, end: string, arrived: string): number | null =>
    clock.offsetOf(parseWallClock(wall)!, uniqueId, { end: parseWallClock(end)!, at: Date.parse(arrived) });
  const uuid = '0a6f3c1e-5e5c-4f0e-9d9b-0f1d2c3b4a59';

  it('learns the offset from the first record and keeps it for a leg that began much later', () => {
    const clock = new PbxClock('');
    expect(offset(clock, '2026-11-24 15:00:00', idAt('2026-11-24T13:00:00Z'))).toBe(2 * hour);
    expect(offset(clock, '2026-11-24 15:31:00', idAt('2026-11-24T13:00:00Z'))).toBe(2 * hour);
  });

  it('does not know the offset before a record has shown it', () => {
    const clock = new PbxClock('');
    expect(clock.offsetAt(0)).toBeNull();
    expect(offset(clock, '2026-11-24 15:00:00', uuid)).toBeNull();
    expect(clock.stretches(0, 1)).toBeNull();
  });

  it('is not moved by a record that began long after its channel, be it the first', () => {
    const clock = new PbxClock('');
    expect(offset(clock, '2026-11-24 13:09:00', idAt('2026-11-24T13:00:00Z'))).toBe(0);
    expect(offset(clock, '2026-11-24 13:10:00', idAt('2026-11-24T13:10:00Z'))).toBe(0);
    expect(offset(clock, '2026-11-24 13:35:00', idAt('2026-11-24T13:20:00Z'))).toBe(0);
    expect(offset(clock, '2026-11-24 13:47:00', idAt('2026-11-24T13:20:00Z'))).toBe(0);
    expect(clock.offsetAt(Date.parse('2026-11-24T14:00:00Z'))).toBe(0);
  });

  it('is put right by the second record where the first began a quarter of an hour and more after its channel', () => {
    const clock = new PbxClock('');
    offset(clock, '2026-11-24 13:20:00', idAt('2026-11-24T13:00:00Z'));
    expect(offset(clock, '2026-11-24 13:21:00', idAt('2026-11-24T13:21:00Z'))).toBe(0);
    expect(clock.offsetAt(Date.parse('2026-11-24T13:00:00Z'))).toBe(0);
  });

  it('knows by its arrival that the first record began long after its channel', () => {
    const clock = new PbxClock('');
    const id = idAt('2026-11-24T13:00:00Z');
    expect(live(clock, '2026-11-24 15:25:00', id, '2026-11-24 15:26:00', '2026-11-24T13:26:01Z')).toBe(2 * hour);
  });

  it('believes no arrival that contradicts the two times of the PBX itself', () => {
    const clock = new PbxClock('');
    const id = idAt('2026-11-24T13:00:00Z');
    // A PBX clock ten minutes fast.
    expect(live(clock, '2026-11-24 15:00:00', id, '2026-11-24 15:01:00', '2026-11-24T12:51:00Z')).toBe(2 * hour);
    // A capture that is played hours later.
    expect(live(new PbxClock(''), '2026-11-24 15:00:00', id, '2026-11-24 15:01:00', '2026-11-24T16:01:00Z')).toBe(
      2 * hour
    );
  });

  it('never lets a record begin before its own channel', () => {
    const clock = new PbxClock('');
    offset(clock, '2026-11-24 14:00:00', idAt('2026-11-24T13:00:00Z'));
    const wall = '2026-11-24 13:41:00';
    const id = idAt('2026-11-24T13:01:00Z');
    expect(parseWallClock(wall)! - offset(clock, wall, id)! * 1000).toBeGreaterThanOrEqual(uniqueIdTime(id)!);
    expect(clock.offsetAt(Date.parse('2026-11-24T13:02:00Z'))).toBe(hour);
  });

  it('follows a change of the clock with the first record after it', () => {
    const spring = new PbxClock('');
    expect(offset(spring, '2026-03-08 01:00:00', idAt('2026-03-08T06:00:00Z'))).toBe(-5 * hour);
    expect(offset(spring, '2026-03-08 03:00:00', idAt('2026-03-08T07:00:00Z'))).toBe(-4 * hour);
    const autumn = new PbxClock('');
    expect(offset(autumn, '2026-11-01 01:00:00', idAt('2026-11-01T05:00:00Z'))).toBe(-4 * hour);
    expect(offset(autumn, '2026-11-01 03:00:00', idAt('2026-11-01T08:00:00Z'))).toBe(-5 * hour);
  });

  it('follows a change of the clock with a live record that began long after its channel', () => {
    const clock = new PbxClock('');
    expect(offset(clock, '2026-03-08 01:00:00', idAt('2026-03-08T06:00:00Z'))).toBe(-5 * hour);
    const id = idAt('2026-03-08T07:30:00Z');
    expect(live(clock, '2026-03-08 03:55:00', id, '2026-03-08 03:56:00', '2026-03-08T07:56:00Z')).toBe(-4 * hour);
  });

  it('learns from the arrival where ids tell no start, and follows a clock that is put back once several records agree', () => {
    const clock = new PbxClock('');
    const seen = (wall: string, utc: string) => live(clock, wall, uuid, wall, utc);
    expect(seen('2026-10-25 02:30:00', '2026-10-25T00:30:01Z')).toBe(2 * hour);
    const late = Array.from({ length: 5 }, (_, n) => seen(`2026-10-25 03:0${n}:00`, `2026-10-25T02:0${n}:01Z`));
    expect(late).toEqual([2 * hour, 2 * hour, 2 * hour, 2 * hour, hour]);
    expect(seen('2026-10-25 03:30:00', '2026-10-25T02:30:01Z')).toBe(hour);
  });

  it('keeps summer and winter apart, whichever is read first', () => {
    const clock = new PbxClock('');
    const [winter, summer] = ['2026-11-24T12:00:00Z', '2026-07-01T12:00:00Z'];
    offset(clock, '2026-11-24 13:00:00', idAt(winter));
    expect(offset(clock, '2026-07-01 14:00:00', idAt(summer))).toBe(2 * hour);
    offset(clock, '2026-11-01 13:00:00', idAt('2026-11-01T12:00:00Z'));
    expect([winter, summer].map((utc) => clock.offsetAt(Date.parse(utc)))).toEqual([hour, 2 * hour]);
  });

  it('goes on from what it learned before, as data', () => {
    const clock = new PbxClock('');
    offset(clock, '2026-07-01 14:00:00', idAt('2026-07-01T12:00:00Z'));
    offset(clock, '2026-11-24 13:00:00', idAt('2026-11-24T12:00:00Z'));
    const next = new PbxClock('');
    next.recall(clock.seen);
    expect(next.offsetAt(Date.parse('2026-07-02T00:00:00Z'))).toBe(2 * hour);
    expect(next.offsetAt(Date.parse('2026-12-01T00:00:00Z'))).toBe(hour);
    expect(next.stretches(0, Number.MAX_SAFE_INTEGER)).toEqual([
      { until: Date.parse('2026-11-24T12:00:00Z'), offset: 2 * hour * 1000 },
      { until: Number.MAX_SAFE_INTEGER, offset: hour * 1000 },
    ]);
  });
});
