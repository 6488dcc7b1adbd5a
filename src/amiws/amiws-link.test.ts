import { finalize, Subject } from 'rxjs';
import { AmiwsLink } from './amiws-link';
import type { AmiwsSignal } from './keep-connected';
import { sentence } from '../sentences/sentence';

const connected: AmiwsSignal = { kind: 'state', state: 'connected', since: 0 };
const up = (server: string): AmiwsSignal => ({ kind: 'server', server, state: 'up', since: 0 });
const frame = (excerpt: string): AmiwsSignal => ({
  kind: 'frame',
  frame: { kind: 'bad', reason: 'not-json', excerpt, at: 0 },
});

function text(signal: AmiwsSignal): string {
  switch (signal.kind) {
    case 'frame':
      return signal.frame.kind === 'bad' ? signal.frame.excerpt : '';
    case 'server':
      return `${signal.server} ${signal.state}`;
    case 'state':
      return signal.state;
  }
}

describe('the link to amiws', () => {
  let link: AmiwsLink;
  let heard: string[];
  let ended: string[];

  /** Another connection, which says this at once. */
  const use = (name: string, ...signals: AmiwsSignal[]): Subject<AmiwsSignal> => {
    const connection = new Subject<AmiwsSignal>();
    link.use(connection.pipe(finalize(() => ended.push(name))));
    signals.forEach((signal) => connection.next(signal));
    return connection;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    [heard, ended] = [[], []];
    link = new AmiwsLink((signal) => heard.push(text(signal)));
  });
  afterEach(() => jest.useRealTimers());

  it('keeps a connection until the next hears each PBX that it heard, and loses no frame of either', () => {
    const first = use('first', connected, up('a'), up('b'), frame('1'));
    const second = use('second', connected, up('a'), frame('2 of second'));
    first.next(frame('2 of first'));
    expect([ended, link.isChanging]).toEqual([[], true]);
    second.next(up('b'));
    expect([ended, link.isChanging]).toEqual([['first'], false]);
    expect(heard).toEqual(['connected', 'a up', 'b up', '1', '2 of second', '2 of first', 'connected', 'a up', 'b up']);
  });

  it('ends a connection after three seconds though the next hears less, and says which PBX is not heard any more', () => {
    use('first', connected, up('a'), up('b'));
    use('second', connected, up('a'));
    heard = [];
    jest.advanceTimersByTime(2_999);
    expect([ended, heard]).toEqual([[], []]);
    jest.advanceTimersByTime(1);
    expect([ended, heard]).toEqual([['first'], ['connected', 'a up', 'b down']]);
  });

  it('ends a connection at once when the next can not be made: that is what its user has to see', () => {
    use('first', connected, up('a'));
    heard = [];
    const second = use('second', { kind: 'state', state: 'connecting' });
    expect(ended).toEqual([]);
    second.next({
      kind: 'state',
      state: 'disconnected',
      since: 0,
      reason: 'dns',
      detail: sentence('connection.found.closed-open'),
      retryInMs: 1,
    });
    expect([ended, heard]).toEqual([['first'], ['disconnected', 'a down']]);
    second.next(connected);
    expect(heard.at(-1)).toBe('connected');
  });

  it('does not keep a connection that is none', () => {
    use('first', {
      kind: 'state',
      state: 'disconnected',
      since: 0,
      reason: 'dns',
      detail: sentence('connection.found.closed-open'),
      retryInMs: 1,
    });
    use('second', connected);
    expect([ended, heard]).toEqual([['first'], ['disconnected', 'ended', 'connected']]);
  });

  it('changes to the newest where several come in turn', () => {
    use('first', connected, up('a'));
    use('second');
    const third = use('third');
    expect(ended).toEqual(['second']);
    [connected, up('a')].forEach((signal) => third.next(signal));
    expect(ended).toEqual(['second', 'first']);
    jest.advanceTimersByTime(60_000);
    third.next(frame('3'));
    expect(heard.at(-1)).toBe('3');
  });

  it('ends whatever connection there is when it is closed', () => {
    use('first', connected, up('a'));
    use('second', connected);
    link.close();
    jest.advanceTimersByTime(60_000);
    expect(ended).toEqual(['first', 'second']);
    expect(heard).toEqual(['connected', 'a up']);
  });

  it('waits for each of several PBXes that are logged in to, and ends the connections that are no more', () => {
    const state = (server: string, state: 'connecting' | 'connected'): AmiwsSignal =>
      ({ kind: 'state', server, state, since: 0 }) as AmiwsSignal;
    use('amiws', connected, up('a'), up('b'));
    const pbxes = use('pbxes', state('a', 'connecting'), state('b', 'connecting'), state('a', 'connected'), up('a'));
    expect([ended, link.isChanging]).toEqual([[], true]);
    const before = heard.length;
    [state('b', 'connected'), up('b')].forEach((signal) => pbxes.next(signal));
    expect([ended, link.isChanging]).toEqual([['amiws'], false]);
    expect(heard.slice(before)).toEqual(['ended', 'connected', 'connected', 'a up', 'b up']);
  });

  it('does not give up the rest of several when the first of them fails', () => {
    const failed = (server: string): AmiwsSignal => ({
      kind: 'state',
      server,
      state: 'disconnected',
      since: 0,
      reason: 'refused',
      detail: sentence('connection.found.closed-open'),
      retryInMs: 1000,
    });
    use('amiws', connected, up('a'), up('b'));
    const pbxes = use('pbxes', { kind: 'state', server: 'b', state: 'connecting' }, failed('a'));
    expect(ended).toEqual([]);
    pbxes.next(failed('b'));
    expect(ended).toEqual(['amiws']);
  });
});
