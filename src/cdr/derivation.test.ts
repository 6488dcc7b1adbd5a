import { cdrRecord, noon } from '../../tests/support/cdr-builders';
import { defaultAgentPatterns } from './agent';
import { derivationOf, deriveRecord, type DerivationSettings } from './derivation';

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
