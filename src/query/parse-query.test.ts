import { InvalidQueryError } from './invalid-query-error';
import { parseQuery } from './parse-query';

const condition = (field: string, operator: string, value: string) => ({
  queryType: 'calls',
  filters: { conditions: [{ field, operator, values: [value] }] },
});

describe('parseQuery', () => {
  it('fills in what a saved query leaves out', () => {
    expect(parseQuery({ refId: 'A', datasource: { uid: 'x' } })).toEqual({
      queryType: 'calls',
      annotationKinds: ['gap', 'restart'],
      columns: [],
      burstCalls: 10,
      burstMinutes: 5,
      filters: {},
      limit: 1000,
      offset: 0,
      sortBy: 'startTime',
      sortOrder: 'desc',
      metrics: ['totalCalls'],
      groupBy: [],
      format: 'table',
      interval: '',
      timeZone: 'pbx',
      serviceLevelThreshold: 0,
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

  it.each([
    [{ queryType: 'calls', limitt: 1 }, 'unknown field "limitt"'],
    [{ queryType: 'calls', filters: { que: 'x' } }, 'unknown field "filters.que"'],
    [{ queryType: 'calls', filters: { queue: [4] } }, '"filters.queue.0" must be string, found 4'],
    [{ queryType: 'calls', limit: 'all' }, '"limit" must be number, found "all"'],
    [{ queryType: 'calls', limit: 1e9 }, '"limit" must be <=100000'],
    [condition('luck', '=', 'x'), '"filters.conditions.0.field" must be'],
    [condition('queue', '<', '5'), '< and > compare the field duration'],
    [condition('duration', '>', 'long'), '< and > compare the field duration'],
    [condition('queue', '=~', '('), 'is no pattern in RE2 syntax'],
    [{ queryType: 'guess' }, '"queryType" must be'],
    [{ queryType: 'statistics', metrics: ['luck'] }, '"metrics.0" must be'],
    [{ queryType: 'statistics', metrics: [] }, '"metrics" is empty'],
    [{ queryType: 'statistics', groupBy: ['queue', 'queue'] }, '"groupBy" names queue twice'],
    [{ queryType: 'statistics', groupBy: ['custom.'] }, '"groupBy.0" must be'],
    [{ queryType: 'statistics', interval: '1 fortnight' }, 'interval'],
    [{ queryType: 'statistics', timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ queryType: 'servers', columns: ['longestWait'] }, '"columns" names longestWait, which servers does not have'],
    [{ queryType: 'calls', columns: ['up'] }, 'only queueStatus and servers do'],
    [null, 'found null'],
    ['calls', 'found "calls"'],
  ])('names what is wrong with %j', (json, message) => {
    expect(() => parseQuery(json)).toThrow(InvalidQueryError);
    expect(() => parseQuery(json)).toThrow(message);
  });
});
