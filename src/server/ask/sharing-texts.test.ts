import { english } from '../../sentences/english';
import { sharingTexts } from './sharing-texts';

const minutes = 60_000;
const sharing = (clockOffset: number) => ({
  role: 'stands by' as const,
  writer: { name: 'east, process 7', since: Date.UTC(2026, 10, 24, 12) },
  clockOffset,
});

test('a Grafana whose clock is off by that of the database says by how much, and what to do', () => {
  expect(english(sharingTexts(sharing(-3 * minutes)))).toMatch(
    /The clock of this Grafana server is 180 s ahead of the clock of the database\. Synchronize both by NTP\.$/
  );
  expect(english(sharingTexts(sharing(3 * minutes)))).toContain('is 180 s behind the clock of the database.');
});

test('a clock that is right, as far as can be measured over a network, is nothing to say', () => {
  expect(english(sharingTexts(sharing(1_400)))).toBe(
    'This Grafana server stands by. east, process 7 has written to the store since 2026-11-24 12:00:00 UTC.'
  );
  expect(sharingTexts(null)).toEqual([]);
});

test('a store to which nobody writes is said', () => {
  expect(english(sharingTexts({ ...sharing(0), writer: null }))).toMatch(/^No Grafana server writes to the store/);
});
