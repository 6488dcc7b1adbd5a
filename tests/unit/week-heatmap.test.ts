import { answerQuery } from '../../src/answers/answer-query';
import { MemoryStore } from '../../src/browser-mode/memory-store';
import { parseQuery } from '../../src/query/parse-query';
import { cdrRecord, defaultRules } from '../support/cdr-builders';
import { answerSource } from '../support/answer-source';

/** A call at each of some instants, ISO. */
function askOf(instants: readonly string[]) {
  const store = new MemoryStore(1000, defaultRules);
  const records = instants.map((instant, n) =>
    cdrRecord({ linkedId: `${n}.1`, uniqueId: `${n}.1`, startTime: Date.parse(instant), utcOffset: 0 })
  );
  store.add({ records, events: [] });
  const source = answerSource(store);
  const range = { from: Date.UTC(2026, 0), to: Date.UTC(2027, 0), intervalMs: 3_600_000 };
  return (query: object) =>
    answerQuery(
      source,
      parseQuery({ queryType: 'statistics', format: 'heatmap', groupBy: ['hourOfDay', 'dayOfWeek'], ...query }),
      range
    );
}

const ask = askOf([
  // Half past two of one Sunday in Paris, twice: the clock is put back in between.
  '2026-10-25T00:30:00Z',
  '2026-10-25T01:30:00Z',
  // Of another Sunday, whose clock is put forward from two to three.
  '2026-03-29T01:30:00Z',
  '2026-06-01T21:59:00Z',
]);
const inParis = { metrics: ['totalCalls'], timeZone: 'Europe/Paris' };

describe('a heat map', () => {
  it('is a row an hour and a field a weekday, as the panel takes them, in the zone that is asked for', async () => {
    const { meta, fields } = await ask(inParis);
    expect(meta.type).toBe('heatmap-rows');
    expect(fields.map(({ config }) => config.displayNameFromDS)).toEqual(
      'Hour of day,Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday'.split(',')
    );
    expect(fields[0]!.values).toEqual([...Array(24).keys()]);
    expect(fields.every(({ type }) => type === 'number')).toBe(true);
    const found = fields
      .slice(1)
      .flatMap(({ name, values }) => values.flatMap((calls, hour) => (calls === 0 ? [] : [[name, hour, calls]])));
    expect(found).toEqual([
      ['monday', 23, 1],
      ['sunday', 2, 2],
      ['sunday', 3, 1],
    ]);
  });

  it('has no rate where nothing happened, and a share of each hour among the days', async () => {
    const { fields } = await ask({ ...inParis, metrics: ['answerRate'] });
    expect([fields[7]!.values[2], fields[7]!.values[4]]).toEqual([100, null]);
    expect(fields[7]!.config).toMatchObject({ unit: 'percent', displayNameFromDS: 'Sunday' });
    const shares = await ask({ ...inParis, metrics: ['totalCallsShare'] });
    expect([shares.fields[1]!.values[23], shares.fields[7]!.values[23]]).toEqual([100, 0]);
  });

  it.each([
    ['two figures', { metrics: ['totalCalls', 'answerRate'] }, /A heat map shows one figure\. Select one of them/],
    ['another field', { groupBy: ['queue'] }, /but a heat map is grouped by \[hourOfDay, dayOfWeek\]\. Use filters/],
  ])('of %s is refused with what to do', (_, query, message) => {
    expect(() =>
      parseQuery({ queryType: 'statistics', format: 'heatmap', groupBy: ['hourOfDay', 'dayOfWeek'], ...query })
    ).toThrow(message);
  });
});
