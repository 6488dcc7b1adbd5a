import { IANAZone } from 'luxon';
import { PbxClock } from '../cdr/pbx-clock';
import { PbxClocks } from '../cdr/pbx-clocks';
import { bucketStarts } from '../cdr/time-buckets';
import { parseQuery } from '../query/parse-query';
import { parseSettings } from '../settings/settings';
import { measuresOf, statisticsPlan } from './statistics-plan';

const hour = 3_600_000;
const range = { from: Date.UTC(2026, 10, 24), to: Date.UTC(2026, 10, 25), intervalMs: 40_000 };
const defaults = {
  serviceLevelThreshold: 20,
  clocks: new PbxClocks({ newClock: () => new PbxClock('America/Lima') }),
};
const plan = (json: object, intervalMs = range.intervalMs) =>
  statisticsPlan(parseQuery({ queryType: 'statistics', ...json }), { ...range, intervalMs }, defaults);

describe('statisticsPlan', () => {
  it('rounds the panel’s interval up to a width that people read', () => {
    const width = (intervalMs: number) => plan({ format: 'timeseries' }, intervalMs).buckets?.width;
    expect([40_000, 100_000, 12 * 60_000, 50 * 60_000, 5 * hour].map(width)).toEqual(
      [1 / 60, 2 / 60, 15 / 60, 1, 6].map((hours) => hours * hour)
    );
  });

  it('takes the query’s own interval, threshold and zone before the defaults', () => {
    const own = plan({ format: 'timeseries', interval: '1d', serviceLevelThreshold: 30, timeZone: 'Europe/Paris' });
    expect(own).toMatchObject({ buckets: { width: 24 * hour }, serviceLevelThreshold: 30 });
    expect(own.clock).toEqual([{ until: Number.MAX_SAFE_INTEGER, offset: hour }]);
    expect(plan({ format: 'timeseries' })).toMatchObject({
      serviceLevelThreshold: 20,
      clock: null,
      buckets: { stretches: [{ offset: -5 * hour }] },
    });
  });

  it('starts the first month and year by the zone as it was then', () => {
    const starts = (interval: string) => {
      const { buckets, from, to } = plan({ format: 'timeseries', interval, timeZone: 'Europe/Paris' });
      return bucketStarts(buckets!, from, to).map((start) => new Date(start).toISOString());
    };
    expect(['1M', '3M', '1y'].map(starts)).toEqual([
      ['2026-10-31T23:00:00.000Z'],
      ['2026-09-30T22:00:00.000Z'],
      ['2025-12-31T23:00:00.000Z'],
    ]);
  });

  it('looks at the zone of a century at most before the range, however wide a bucket is', () => {
    const looked = jest.spyOn(IANAZone.prototype, 'offset');
    expect(plan({ format: 'timeseries', interval: '9999999w', timeZone: 'Europe/Paris' }).buckets).not.toBeNull();
    expect(looked.mock.calls.length).toBeLessThan(20_000);
    looked.mockRestore();
  });

  it('has no buckets for a table', () => expect(plan({}).buckets).toBeNull());
});

describe('measuresOf', () => {
  it('tells the sums that the metrics are made from, and those that tell whether they can be trusted', () => {
    const wanted = (metrics: string[]) => measuresOf(parseQuery({ queryType: 'statistics', metrics }));
    expect(wanted(['answerRate'])).toEqual(['answered', 'calls', 'unmapped']);
    expect(wanted(['callsAnswered', 'callsHandled'])).toEqual([
      'visitsAnswered',
      'handled',
      'derivedVisits',
      'importedVisits',
      'offered',
    ]);
  });
});

describe('parseSettings', () => {
  it('fills in the defaults', () => {
    expect(parseSettings({ amiwsUrl: ' ws://pbx:8080 ' })).toMatchObject({
      amiwsUrl: 'ws://pbx:8080',
      serviceLevelThreshold: 20,
      retentionDays: 400,
      timeZone: '',
      tlsSkipVerify: false,
    });
  });

  it('names a setting of the wrong type', () => {
    expect(() => parseSettings({ retentionDays: 'for ever' })).toThrow(
      '"retentionDays" must be number, found "for ever"'
    );
  });
});
