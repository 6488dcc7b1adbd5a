import type { ServerNow } from '../cdr/server-now';
import { parseQuery } from '../query/parse-query';
import { english } from '../sentences/english';
import { clockOrderNotices } from './clock-order-notice';

const pbx = (server: string, clockOffset: number | null): ServerNow => ({
  ...{ server, clockOffset, state: 'up', silentSeconds: 0, heardSince: 0, sendsDialEnds: true },
});
const noticesOf = (servers: ServerNow[], json: object): string[] =>
  clockOrderNotices(parseQuery(json), servers).map(({ text }) => english(text));
const apart = [pbx('east', -1), pbx('west', 600), pbx('north', 2), pbx('new', null)];
const figures = (...metrics: string[]) => ({ queryType: 'statistics', metrics });

it.each<[string, object]>([
  ['lost callers', { queryType: 'lostCallers' }],
  [
    'lost callers of one PBX, who may be reached on another',
    { queryType: 'lostCallers', filters: { server: ['east'] } },
  ],
  ['repeated callers', { queryType: 'repeatedCallers' }],
  ['the longest wait of a lost caller', figures('totalCalls', 'longestLostWait')],
  ['first-contact resolution', figures('firstContactResolution')],
  ['calls at the same time', figures('peakConcurrentCalls')],
  ['the busiest hour', { queryType: 'busiestHours' }],
])('an answer about %s says that clocks of PBXes differ', (_, json) => {
  expect(noticesOf(apart, json)).toEqual([
    'The clock of west is 601 s ahead of the clock of east, so calls of different PBXes can be in the wrong order here. ' +
      'Synchronize the clocks by NTP.',
  ]);
});

it.each<[string, ServerNow[], object]>([
  ['of calls', apart, figures('totalCalls')],
  ['of calls in progress on average', apart, figures('erlangs')],
  ['of calls at the same time on each PBX', apart, { ...figures('peakConcurrentCalls'), groupBy: ['server'] }],
  ['of calls at the same time on one PBX', apart, { ...figures('peakConcurrentCalls'), filters: { server: ['west'] } }],
  ['where clocks differ by seconds', [pbx('east', -2), pbx('west', 3)], { queryType: 'lostCallers' }],
  ['where there is one PBX', [pbx('west', 600)], { queryType: 'lostCallers' }],
])('an answer %s says nothing', (_, servers, json) => expect(noticesOf(servers, json)).toEqual([]));
