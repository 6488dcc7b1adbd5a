import { PbxClock } from './pbx-clock';
import { parseWallClock, uniqueIdTime } from './wall-clock';

const hour = 3600;

function offset(clock: PbxClock, wall: string, uniqueId: string): number {
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
  it('learns the offset from the first record and keeps it for a leg that began much later', () => {
    const clock = new PbxClock('');
    expect(offset(clock, '2026-11-24 15:00:00', idAt('2026-11-24T13:00:00Z'))).toBe(2 * hour);
    expect(offset(clock, '2026-11-24 15:31:00', idAt('2026-11-24T13:00:00Z'))).toBe(2 * hour);
  });

  it('follows a change of the clock after two records that agree', () => {
    const clock = new PbxClock('');
    expect(offset(clock, '2026-11-01 01:00:00', idAt('2026-11-01T05:00:00Z'))).toBe(-4 * hour);
    expect(offset(clock, '2026-11-01 03:00:00', idAt('2026-11-01T08:00:00Z'))).toBe(-4 * hour);
    expect(offset(clock, '2026-11-01 03:00:01', idAt('2026-11-01T08:00:01Z'))).toBe(-5 * hour);
  });
});
