import { PbxClock } from '../cdr/pbx-clock';
import { PbxClocks } from '../cdr/pbx-clocks';
import { parseQuery } from '../query/parse-query';
import { english } from '../sentences/english';
import { clockNotices } from './clock-notice';
import { statisticsPlan } from './statistics-plan';

const hour = 3_600_000;
const day = 24 * hour;
const range = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 24), intervalMs: day };

/** Where the first bucket of each day begins in UTC, and what is said of it. */
function asked(zones: Record<string, string>, json: object = {}) {
  const clocks = new PbxClocks({ newClock: (server) => new PbxClock(zones[server] ?? '') });
  Object.keys(zones).forEach((server) => clocks.of(server));
  const defaults = { serviceLevelThreshold: 20, clocks };
  const query = parseQuery({ queryType: 'statistics', format: 'timeseries', interval: '1d', ...json });
  const plan = statisticsPlan(query, range, defaults);
  return {
    offset: plan.buckets!.stretches[0]!.offset / hour,
    notices: clockNotices(query, plan, defaults).map(({ text }) => english(text)),
  };
}

test('days are those of the PBX that is asked for, whatever others show', () => {
  const zones = { berlin: 'Europe/Berlin', kyiv: 'Europe/Kyiv' };
  expect(asked(zones, { filters: { server: ['kyiv'] } })).toEqual({ offset: 2, notices: [] });
  expect(asked(zones, { filters: { server: ['berlin'] } })).toEqual({ offset: 1, notices: [] });
});

test('days are those of all PBXes where they agree', () =>
  expect(asked({ berlin: 'Europe/Berlin', paris: 'Europe/Paris' })).toEqual({ offset: 1, notices: [] }));

test('days are those of the first PBX by name where they differ, and the answer says which differ', () => {
  const { offset, notices } = asked({ lima: 'America/Lima', berlin: 'Europe/Berlin', kyiv: 'Europe/Kyiv' });
  expect(offset).toBe(1);
  expect(notices).toEqual([
    expect.stringContaining('The clocks of kyiv, lima differ from the clock that defines days'),
  ]);
});

test('days are those of the zone for all PBXes where theirs differ and one is set', () => {
  const { offset, notices } = asked({ '': 'Asia/Tokyo', berlin: 'Europe/Berlin', kyiv: 'Europe/Kyiv' });
  expect(offset).toBe(9);
  expect(notices).toHaveLength(1);
});

test('an answer says that its days are those of UTC while no zone is known', () =>
  expect(asked({ berlin: '' })).toEqual({ offset: 0, notices: [expect.stringContaining("isn't known yet")] }));

test('nothing is said where hours are cut or a zone is asked for', () => {
  expect(asked({ berlin: '' }, { interval: '15m' }).notices).toEqual([]);
  expect(asked({ berlin: '' }, { timeZone: 'Asia/Tokyo' })).toEqual({ offset: 9, notices: [] });
});
