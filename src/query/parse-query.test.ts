import { InvalidQueryError } from './invalid-query-error';
import { parseQuery, unknownFilters } from './parse-query';

const condition = (field: string, operator: string, value: string) => ({
  queryType: 'calls',
  filters: { conditions: [{ field, operator, values: [value] }] },
});

describe('parseQuery', () => {
  it('fills in what a saved query leaves out', () => {
    expect(parseQuery({ refId: 'A', datasource: { uid: 'x' } })).toEqual({
      queryType: 'calls',
      annotationKinds: ['gap', 'restart'],
      bands: [],
      countBy: [],
      columns: [],
      shortestGap: 60,
      burstCalls: 10,
      burstMinutes: 5,
      filters: {},
      limit: 1000,
      offset: 0,
      sortBy: 'startTime',
      sortOrder: 'desc',
      metrics: ['totalCalls'],
      groupBy: [],
      top: 0,
      format: 'table',
      interval: '',
      legend: '',
      timeZone: 'pbx',
      serviceLevelThreshold: 0,
      shortAbandonThreshold: 0,
      callBackHours: 24,
      repeatDays: 7,
      serviceLevelDefinition: 'offered',
      live: false,
    });
  });

  it('takes one value where a list is meant', () => {
    const { filters, metrics, groupBy } = parseQuery({
      queryType: 'statistics',
      metrics: 'answerRate',
      groupBy: 'custom.Department',
      filters: { direction: 'inbound', custom: { Department: 'sales' } },
    });
    expect({ filters, metrics, groupBy }).toEqual({
      filters: { direction: ['inbound'], custom: { Department: ['sales'] } },
      metrics: ['answerRate'],
      groupBy: ['custom.Department'],
    });
  });

  it('ignores the fields of other versions, wherever they stand', () => {
    const known = { queryType: 'statistics', metrics: ['answerRate'], limit: 7 };
    const conditions = [{ field: 'queue', operator: '=', values: ['sales'] }];
    const later = {
      ...known,
      rounding: 'up',
      filters: { mood: ['good'], conditions: conditions.map((condition) => ({ ...condition, origin: 'dashboard' })) },
    };
    expect(parseQuery(later)).toEqual(parseQuery({ ...known, filters: { conditions } }));
  });

  it('takes (none) for what has no value', () => {
    const filters = { queue: ['sales', '(none)'], custom: { Department: '(none)' }, source: '(none)' };
    const conditions = [{ field: 'agent', operator: '!=', values: ['(none)'] }];
    expect(parseQuery({ filters: { ...filters, conditions } }).filters).toEqual({
      queue: ['sales', ''],
      custom: { Department: [''] },
      source: ['(none)'],
      conditions: [{ field: 'agent', operator: '!=', values: [''] }],
    });
  });

  it('names the filters of other versions, which let every call through', () => {
    const filters = { mood: ['good'], queue: ['sales'], constructor: 'x' };
    expect(unknownFilters({ queryType: 'calls', filters })).toEqual(['mood', 'constructor']);
    expect([{}, null, 'calls', { filters: null }, { filters: ['queue'] }].flatMap(unknownFilters)).toEqual([]);
  });

  it.each([
    [{ queryType: 'calls', filters: { queue: [4] } }, '"filters.queue.0" must be string, found 4'],
    [{ queryType: 'calls', limit: 'all' }, '"limit" must be number, found "all"'],
    [{ queryType: 'calls', limit: 1e9 }, '"limit" must be <=100000'],
    [condition('luck', '=', 'x'), '"filters.conditions.0.field" must be'],
    [
      condition('queue', '<=', '5'),
      '<, <=, > and >= compare duration, waitTime, ringTime, talkTime with a number of seconds',
    ],
    [condition('waitTime', '>', 'long'), '<, <=, > and >= compare duration, waitTime, ringTime, talkTime'],
    [condition('waitTime', '=<', '5'), '"filters.conditions.0.operator" must be'],
    [condition('timeOfDay', '=', '9 to 5'), 'Expected = or != with a time of day such as'],
    [condition('timeOfDay', '=~', '08:00-18:00'), 'Expected = or != with a time of day'],
    [condition('queue', '=~', '('), 'is not a valid RE2 expression'],
    [{ queryType: 'lostCallers', callBackHours: 745 }, '"callBackHours" must be <=744'],
    [{ queryType: 'statistics', repeatDays: 0 }, '"repeatDays" must be >=1'],
    [{ queryType: 'guess' }, '"queryType" must be'],
    [{ queryType: 'statistics', metrics: ['luck'] }, '"metrics.0" must be'],
    [{ queryType: 'statistics', metrics: [] }, '"metrics" is empty'],
    [{ queryType: 'statistics', groupBy: ['queue', 'queue'] }, '"groupBy" has queue twice'],
    [{ queryType: 'statistics', groupBy: ['custom.'] }, '"groupBy.0" must be'],
    [{ queryType: 'statistics', interval: '1 fortnight' }, 'interval'],
    [{ queryType: 'statistics', timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ queryType: 'servers', columns: ['longestWait'] }, '"columns" has longestWait, which servers doesn\'t have'],
    [
      { queryType: 'calls', columns: ['up'] },
      'only queueStatus, agentStatus, callsNow, callersWaiting, servers have columns',
    ],
    [{ queryType: 'calls', countBy: ['state'] }, '"countBy" has state, but only callsNow has counts, not calls'],
    [{ queryType: 'callsNow', countBy: ['agent'] }, '"countBy.0" must be'],
    [{ queryType: 'callsNow', countBy: ['state'], columns: ['since'] }, 'Remove one of the two'],
    [null, 'found null'],
    ['calls', 'found "calls"'],
  ])('names what is wrong with %j', (json, message) => {
    expect(() => parseQuery(json)).toThrow(InvalidQueryError);
    expect(() => parseQuery(json)).toThrow(message);
  });

  const many = <T>(count: number, entry: (n: number) => T) => Array.from({ length: count }, (_, n) => entry(n));
  const calls = (filters: object) => ({ queryType: 'calls', filters });

  it.each<[string, object, string]>([
    [
      'a pattern of a megabyte',
      condition('source', '=~', 'a'.repeat(2 ** 20)),
      'has 1,048,576 characters, but at most 4,000',
    ],
    [
      'a pattern of 3,000 characters',
      condition('source', '=~', 'ab'.repeat(1500)),
      'at most 2,000 are allowed. Shorten it',
    ],
    ['a pattern of counts', condition('source', '=~', '(a{1000})'.repeat(60)), 'repeats too much'],
    [
      'a pattern that is counted as a whole',
      condition('source', '=~', `(${'ab'.repeat(400)}){1000}`),
      'repeats too much',
    ],
    [
      '400 patterns',
      calls({ conditions: [{ field: 'source', operator: '=~', values: many(400, String) }] }),
      'have 400 patterns, but at most 20',
    ],
    [
      '100,000 filters',
      calls({ conditions: many(100_000, () => ({ field: 'queue', operator: '=', values: ['a'] })) }),
      '"filters.conditions" has 100,000 entries, but at most 5,000',
    ],
    [
      '51 conditions',
      calls({ conditions: many(51, () => ({ field: 'queue', operator: '=', values: ['a'] })) }),
      '"filters.conditions" must be <=50, found 51',
    ],
    [
      '51 custom fields',
      calls({ custom: Object.fromEntries(many(51, (n) => [`f${n}`, 'x'])) }),
      'has more than 50 fields',
    ],
    [
      '100,000 queues',
      calls({ queue: many(100_000, String) }),
      '"filters.queue" has 100,000 entries, but at most 5,000',
    ],
    [
      '15,000 values in all',
      calls({ queue: many(4900, String), agent: many(4900, String), server: many(4900, String) }),
      'more than 12,000 values',
    ],
    ['a megabyte of texts', calls({ linkedId: many(500, () => 'x'.repeat(3000)) }), 'more than 200,000 characters'],
    [
      'a figure named 200,000 times',
      { queryType: 'statistics', metrics: many(200_000, () => 'totalCalls') },
      '"metrics" has 200,000 entries',
    ],
    [
      'nine groups',
      { queryType: 'statistics', groupBy: many(9, (n) => `custom.f${n}`) },
      '"groupBy" must be <=8, found 9',
    ],
    ['a name of a megabyte', { queryType: 'calls', ['x'.repeat(2 ** 20)]: 1 }, 'A name has 1,048,576 characters'],
    [
      'an endless duration',
      calls({ maxDuration: Infinity }),
      '"filters.maxDuration" must be <=31622400, found Infinity',
    ],
    [
      'an endless threshold',
      { queryType: 'statistics', serviceLevelThreshold: 1e300 },
      '"serviceLevelThreshold" must be <=',
    ],
    [
      'a negative threshold',
      { queryType: 'statistics', shortAbandonThreshold: -1 },
      '"shortAbandonThreshold" must be >=0, found -1',
    ],
    ['too many bands', { queryType: 'statistics', bands: many(21, (n) => n + 1) }, '"bands" must be'],
    ['an offset that no table has', { queryType: 'calls', offset: 1e300 }, '"offset" must be <=100000000'],
    ['an endless zone', { queryType: 'statistics', timeZone: 'x'.repeat(5000) }, '"timeZone" has 5,000 characters'],
  ])('refuses %s with a short message that names what is too large', (_, json, message) => {
    const error = thrownBy(() => parseQuery(json));
    expect(error).toBeInstanceOf(InvalidQueryError);
    expect(error.message).toContain(message);
    expect(error.message.length).toBeLessThan(2000);
  });

  it.each([
    [
      'unsorted',
      [20, 10],
      '"bands": Expected ascending bounds, each once, as in [10, 20, 30, 60, 120]. Sort the bounds',
    ],
    ['doubled', [10, 10], '"bands": Expected ascending bounds, each once'],
    ['negative', [-5, 10], '"bands.0" must be >=1, found -5'],
    ['broken', [1.5], '"bands.0": Invalid integer'],
  ])('refuses %s bounds of bands with what to do', (_, bands, message) => {
    expect(thrownBy(() => parseQuery({ queryType: 'statistics', bands })).message).toContain(message);
  });

  it('refuses bands of two kinds, and says to select one', () => {
    const json = { queryType: 'statistics', groupBy: ['waitBand', 'talkBand'] };
    expect(thrownBy(() => parseQuery(json)).message).toContain('has waitBand, talkBand. Select one of them');
  });

  it.each([
    [{ filters: { dayOfWeek: ['Monday'] } }, "peakConcurrentCalls can't be filtered by dayOfWeek"],
    [{ filters: { timeOfDay: ['08:00-18:00'] } }, "can't be filtered by timeOfDay"],
    [{ filters: { businessHours: ['in hours'] } }, "can't be filtered by businessHours"],
    [
      { filters: { conditions: [{ field: 'dayOfWeek', operator: '!=', values: ['Sunday'] }] } },
      'filtered by dayOfWeek',
    ],
    [{ groupBy: ['businessHours'] }, "peakConcurrentCalls can't be grouped by businessHours"],
    [{ groupBy: ['talkBand'] }, "can't be grouped by talkBand"],
    [{ groupBy: ['hourOfDay'], format: 'timeseries' }, 'Select the format table or heat map, or remove the group'],
    [{ queryType: 'busiestHours', filters: { dayOfWeek: ['Monday'] } }, "The busiest hour can't be filtered"],
  ])('refuses %j of calls at the same time with what to ask instead', (more, message) => {
    const json = { queryType: 'statistics', metrics: ['totalCalls', 'peakConcurrentCalls'], ...more };
    expect(thrownBy(() => parseQuery(json)).message).toContain(message);
    expect(() => parseQuery({ ...json, queryType: 'statistics', metrics: ['totalCalls'] })).not.toThrow();
  });

  it('says the first wrong things only, where many are', () => {
    const { message } = thrownBy(() => parseQuery(calls({ queue: many(4000, (n) => n) })));
    expect(message).toMatch(/"filters.queue.0" must be string, found 0\. .* 3,995 more problems were found\.$/);
    expect(thrownBy(() => parseQuery('x'.repeat(2 ** 20))).message.length).toBeLessThan(300);
  });

  it('takes a variable with all of 4,000 agents put in', () => {
    const agents = many(4000, (n) => `agent-${n}`);
    expect(parseQuery(calls({ agent: agents })).filters.agent).toEqual(agents);
  });

  it('answers a figure that is named twice once', () => {
    const { metrics, columns } = parseQuery({
      queryType: 'servers',
      metrics: ['totalCalls', 'totalCalls'],
      columns: ['up', 'up'],
    });
    expect([metrics, columns]).toEqual([['totalCalls'], ['up']]);
  });
});

function thrownBy(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
