import { cdrRecord, noon, queueEvent } from '../../tests/support/cdr-builders';
import type { CdrRecord } from './record';
import { defaultAgentPatterns } from './agent';
import { derivationOf, deriveParts, deriveRecord, type DerivationSettings } from './derivation';

const settings: DerivationSettings = {
  directionRules: [],
  externalChannels: [],
  agentPatterns: defaultAgentPatterns,
  timeZone: '',
  serverTimeZones: {},
};

describe('derivationOf', () => {
  it('has another key for other settings', () => {
    expect(derivationOf(settings).key).toBe(derivationOf({ ...settings }).key);
    expect(derivationOf({ ...settings, timeZone: 'Asia/Tokyo' }).key).not.toBe(derivationOf(settings).key);
  });

  it.each(['__proto__', 'constructor', 'toString'])('learns the zone of a PBX called %s as of any other', (server) => {
    const { newClock } = derivationOf({ ...settings, timeZone: 'Asia/Tokyo', serverTimeZones: { other: 'UTC' } });
    expect(newClock(server).offsetAt(noon)).toBe(9 * 3600);
  });

  it('names a zone that does not exist', () => {
    expect(() => derivationOf({ ...settings, serverTimeZones: { pbx: 'Nowhere' } })).toThrow('"Nowhere"');
  });
});

describe('deriveRecord', () => {
  it('keeps the wall clock and moves the instants', () => {
    const { rules, newClock } = derivationOf({ ...settings, timeZone: 'Asia/Tokyo' });
    const record = cdrRecord({ uniqueId: 'no-epoch' });
    expect(deriveRecord(record, rules, newClock('pbx'))).toMatchObject({
      utcOffset: 9 * 3600,
      startTime: noon - 9 * 3_600_000,
      answerTime: noon - 9 * 3_600_000 + 2000,
      endTime: noon - 9 * 3_600_000 + 10_000,
    });
  });

  it('tells the direction by the new rules', () => {
    const { rules, newClock } = derivationOf({
      ...settings,
      directionRules: [{ field: 'destination', pattern: '^100$', direction: 'outbound' }],
    });
    expect(deriveRecord(cdrRecord(), rules, newClock('pbx')).direction).toBe('outbound');
  });
});

describe('deriveParts', () => {
  it('gives events the offset that the records of their PBX show, before and after the clock changed', () => {
    const { rules, newClock } = derivationOf(settings);
    const clock = newClock('pbx');
    const at = (utc: string, overrides: Partial<CdrRecord> = {}) => {
      const startTime = Date.parse(utc);
      const uniqueId = `${startTime / 1000}.1`;
      return cdrRecord({ uniqueId, startTime, answerTime: null, endTime: startTime + 10_000, ...overrides });
    };
    const records = [
      at('2026-11-24T13:00:00Z', { startTime: Date.parse('2026-11-24T14:00:00Z'), utcOffset: 0 }),
      at('2026-07-01T13:00:00Z', { startTime: Date.parse('2026-07-01T15:00:00Z'), utcOffset: 0 }),
    ];
    const events = ['2026-07-01T13:00:01Z', '2026-11-24T13:00:01Z'].map((utc) => ({
      ...queueEvent('QueueCallerJoin', 0),
      at: Date.parse(utc),
      utcOffset: 0,
    }));
    const derived = deriveParts({ records, events }, rules, clock);
    expect(derived.events.map(({ utcOffset }) => utcOffset)).toEqual([7200, 3600]);
    expect(derived.records.map(({ startTime }) => new Date(startTime!).toISOString())).toEqual([
      '2026-07-01T13:00:00.000Z',
      '2026-11-24T13:00:00.000Z',
    ]);
  });
});

test('half a surrogate pair in a stored record becomes a replacement character', () => {
  const { rules, newClock } = derivationOf(settings);
  const record = cdrRecord({ source: '55\ud83d', custom: { 'L\udc00': 'v\ud83d', ok: '😀' } });
  expect(deriveRecord(record, rules, newClock('pbx'))).toMatchObject({
    source: '55\ufffd',
    custom: { 'L\ufffd': 'v\ufffd', ok: '😀' },
  });
});
