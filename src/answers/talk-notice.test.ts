import type { ServerNow } from '../cdr/server-now';
import { english } from '../sentences/english';
import { talkNotices } from './talk-notice';

const pbx = (server: string, sendsDialEnds: boolean | null): ServerNow => ({
  ...{ server, sendsDialEnds, state: 'up', silentSeconds: 0, heardSince: 0, clockOffset: null },
});
const servers = [pbx('east', false), pbx('west', true), pbx('new', null)];
const noticesOf = (metrics: Array<'totalTalkTime' | 'totalCalls'>, server?: string[]) =>
  talkNotices({ metrics, filters: server ? { server } : {} }, servers).map(({ text }) => english(text));

it('talk figures name the PBXes that do not send when phones are answered', () => {
  expect(noticesOf(['totalTalkTime'])).toEqual([expect.stringContaining('On east, talk time begins')]);
});

it('nothing is said where no such PBX or no such figure is asked for', () => {
  expect(noticesOf(['totalTalkTime'], ['west'])).toEqual([]);
  expect(noticesOf(['totalCalls'])).toEqual([]);
});
