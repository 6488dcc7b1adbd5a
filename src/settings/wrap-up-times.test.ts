import { parseSettings } from './settings';
import { readWrapUpTimes, wrapUpText } from './wrap-up-times';

describe('wrap-up times of queues', () => {
  it('are read as people write them, and written again', () => {
    const { times, unread } = readWrapUpTimes(' support=15,  sales = 30 s, 600=0 ');
    expect([times, unread]).toEqual([{ support: 15, sales: 30, '600': 0 }, []]);
    expect(readWrapUpTimes(wrapUpText(times)).times).toEqual(times);
    expect(parseSettings({ wrapUpTimes: times }).wrapUpTimes).toEqual(times);
  });

  it('that can not be read are named', () => {
    expect(readWrapUpTimes('support, sales=soon, billing=86401, ,=5')).toEqual({
      times: {},
      unread: ['support', 'sales=soon', 'billing=86401', '=5'],
    });
  });

  it('are a day at most', () => {
    expect(readWrapUpTimes('billing=86400')).toEqual({ times: { billing: 86_400 }, unread: [] });
  });

  it('of a queue may have any name', () => {
    expect(Object.entries(readWrapUpTimes('__proto__=5, constructor=6').times)).toEqual([
      ['__proto__', 5],
      ['constructor', 6],
    ]);
  });
});
