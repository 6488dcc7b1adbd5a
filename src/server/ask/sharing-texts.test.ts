import { sharingTexts } from './sharing-texts';

const minutes = 60_000;
const sharing = (clockOffset: number) => ({
  role: 'stands by' as const,
  writer: { name: 'east, process 7', since: Date.UTC(2026, 10, 24, 12) },
  clockOffset,
});

test('a Grafana whose clock is off by that of the database says by how much, and what to do', () => {
  expect(sharingTexts(sharing(-3 * minutes))[1]).toBe(
    "the clock of this Grafana is 180 s ahead of the database's: set both by NTP"
  );
  expect(sharingTexts(sharing(3 * minutes))[1]).toBe(
    "the clock of this Grafana is 180 s behind the database's: set both by NTP"
  );
});

test('a clock that is right, as far as can be measured over a network, is nothing to say', () => {
  expect(sharingTexts(sharing(1_400))).toEqual([
    expect.stringMatching(/^this Grafana stands by; east, process 7 writes to the store since 2026-11-24/),
  ]);
  expect(sharingTexts(null)).toEqual([]);
});

test('a store to which nobody writes is said', () => {
  expect(sharingTexts({ ...sharing(0), writer: null })).toEqual([
    'no Grafana writes to the store now; one that listens takes over within some seconds',
  ]);
});
