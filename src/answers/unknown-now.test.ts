import type { ServerNow } from '../cdr/server-now';
import { english } from '../sentences/english';
import { unknownNow } from './unknown-now';

const pbx = (server: string, state: ServerNow['state']): ServerNow => ({
  ...{ server, state, silentSeconds: 40, heardSince: null, clockOffset: null, sendsDialEnds: null },
});
const texts = (servers: ServerNow[], server?: string[]) =>
  unknownNow(servers, { server }).map(({ text }) => english(text));

test('a queue status in which nothing can be says why', () => {
  expect(texts([])).toEqual([expect.stringMatching(/^No PBX has been heard yet, .*Save & test/)]);
});

test('it names the PBXes that are not heard now, and none that was not asked for', () => {
  const servers = [pbx('east', 'up'), pbx('west', 'down')];
  expect(texts(servers)).toEqual([
    expect.stringMatching(/^The current state of west \(nothing heard for 40 s\) isn't known\./),
  ]);
  expect(texts(servers, ['east'])).toEqual([]);
  const many = ['a', 'b', 'c', 'd', 'e'].map((server) => pbx(server, 'down'));
  expect(texts(many)[0]).toMatch(/c \(nothing heard for 40 s\), and 2 more isn't known/);
});

test('with all of them heard there is nothing to say', () => {
  expect(texts([pbx('east', 'up')])).toEqual([]);
});
