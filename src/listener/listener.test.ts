import { defaultDerivation } from '../../tests/support/cdr-builders';
import type { AmiwsSignal } from '../amiws/keep-connected';
import type { AgentStretch } from '../cdr/agent-presence';
import type { Gap } from '../cdr/gap';
import type { Restart } from '../cdr/restart';
import { queuesAt } from '../cdr/queues-now';
import { Listener, type ListenerSink } from './listener';

const minute = 60_000;
const start = Date.UTC(2026, 10, 24, 12);

let outcomes: { events: string[]; gaps: Gap[]; restarts: Restart[]; stretches: AgentStretch[]; bad: string[] };
let listener: Listener;

beforeEach(() => {
  jest.useFakeTimers({ now: start });
  outcomes = { events: [], gaps: [], restarts: [], stretches: [], bad: [] };
  listener = new Listener(defaultDerivation, {
    ...silent,
    event: ({ name, fields }) => {
      if (fields.UniqueID === 'poison') {
        throw new Error('no such thing');
      }
      outcomes.events.push(name);
    },
    gap: (gap) => outcomes.gaps.push(gap),
    restart: (restart) => outcomes.restarts.push(restart),
    stretches: (stretches) => outcomes.stretches.push(...stretches),
    badInput: (reason) => outcomes.bad.push(reason),
  });
});
afterEach(() => jest.useRealTimers());

const silent: ListenerSink = {
  event: () => undefined,
  gap: () => undefined,
  restart: () => undefined,
  stretches: () => undefined,
  boardChanged: () => undefined,
  serverFound: () => undefined,
  badInput: () => undefined,
};
const frame = (name: string, fields: Record<string, string> = {}, at = Date.now()): AmiwsSignal => ({
  kind: 'frame',
  frame: { kind: 'event', server: 'pbx', name, fields, at, recovered: false },
});
const hear = (name: string, fields?: Record<string, string>) => listener.hear(frame(name, fields));
const server = (state: 'up' | 'down') => listener.hear({ kind: 'server', server: 'pbx', state, since: Date.now() });
const recall = () => listener.recall({ heard: new Map(), restarts: [], clocks: [] });
const queuesNow = () => queuesAt(listener.board.queues, Date.now());
const pass = (ms: number) => jest.advanceTimersByTime(ms);

test('a frame that nothing can be made of is counted and ends the listening to no other', () => {
  hear('Cdr', { UniqueID: 'poison', StartTime: '2026-11-24 12:00:00', Duration: '1', BillableSeconds: '0' });
  hear('QueueMemberAdded');
  expect(outcomes).toMatchObject({ bad: ['failed'], events: ['QueueMemberAdded'] });
});

test.each([5, -5])('waits and the last event are told by our clock where that of the PBX is days apart: %s', (days) => {
  const offset = days * 1440 * minute;
  listener.hear({ kind: 'server', server: 'pbx', state: 'up', since: start, clockOffsetMs: offset });
  const at = start + Math.min(0, offset);
  const fields = { Queue: 'support', Uniqueid: '1.1', Timestamp: ((start + offset) / 1000).toFixed(6) };
  const join = { kind: 'event', server: 'pbx', name: 'QueueCallerJoin', fields, at, recovered: false } as const;
  listener.hear({ kind: 'frame', frame: join });
  pass(10_000);
  expect(queuesNow()).toMatchObject([{ callersWaiting: 1, longestWait: 10 }]);
  expect(listener.state.lastEventAt).toBe(start);
  expect(listener.servers).toMatchObject([{ server: 'pbx', lastEventAt: start }]);
});

test('a restart of a PBX that was heard until then ends a gap at its own start', () => {
  recall();
  hear('Hangup');
  pass(5 * minute);
  hear('FullyBooted', { Uptime: '60' });
  expect(outcomes.restarts).toEqual([{ server: 'pbx', time: start + 4 * minute }]);
  expect(outcomes.gaps).toMatchObject([{ startTime: start, endTime: start + 5 * minute, reason: 'silent' }]);
});

test('a restart is told by the clock of the PBX, whatever that of this machine shows', () => {
  recall();
  listener.hear({ kind: 'server', server: 'pbx', state: 'up', since: start, clockOffsetMs: -3 * minute });
  hear('FullyBooted', { Uptime: '60' });
  expect(outcomes.restarts).toEqual([{ server: 'pbx', time: start - 4 * minute }]);
});

test('a restart that comes before it is known which ones are known is kept back, and comes once', () => {
  hear('FullyBooted', { Uptime: '60' });
  hear('FullyBooted', { Uptime: '60' });
  expect(outcomes.restarts).toEqual([]);
  recall();
  hear('FullyBooted', { Uptime: '60' });
  expect(outcomes.restarts).toEqual([{ server: 'pbx', time: start - minute }]);
});

test('the wrap-up of an agent ends by itself, without an event', () => {
  listener.useWrapUpTimes({ support: 15 });
  const member = { Queue: 'support', Interface: 'PJSIP/1001', Status: '1', Paused: '0' };
  hear('QueueMemberAdded', member);
  pass(5_000);
  hear('AgentComplete', { ...member, Uniqueid: 'a.1', TalkTime: '60' });
  for (let second = 0; second < 30; second++) {
    pass(1_000);
    listener.tick(Date.now());
  }
  const ended = outcomes.stretches.filter(({ wrapUp }) => wrapUp);
  expect(ended.map(({ startTime, endTime }) => (endTime - startTime) / 1000)).toEqual([15]);
});

test('agents who stay are kept as their shift goes on, and all of it when listening stops', () => {
  server('up');
  hear('QueueMemberAdded', { Queue: 'support', Interface: 'PJSIP/1001', Status: '1' });
  pass(2 * minute);
  listener.tick(Date.now());
  pass(1000);
  listener.stop(Date.now());
  expect(outcomes.stretches).toMatchObject([
    { agent: '1001', startTime: start, endTime: start + 2 * minute },
    { agent: '1001', startTime: start, endTime: start + 2 * minute + 1000 },
  ]);
});

test('listening that stops ends the stretch without records, and is a gap once a PBX is heard again', () => {
  for (let n = 0; n < 10; n++) {
    hear('AgentComplete', { Queue: 'support', Uniqueid: `1.${n}` });
  }
  pass(11 * minute);
  listener.stop(Date.now());
  expect(outcomes.gaps).toEqual([
    { server: 'pbx', startTime: start, endTime: start + 11 * minute, reason: 'unrecorded' },
  ]);
  expect(queuesNow()).toEqual([]);
  pass(minute);
  hear('Hangup');
  expect(outcomes.gaps[1]).toMatchObject({
    startTime: start + 11 * minute,
    endTime: start + 12 * minute,
    reason: 'stopped',
  });
});

test('queue events before the first record of a run have the offset that the run before learned', () => {
  const offsets: unknown[] = [];
  const next = new Listener(defaultDerivation, {
    ...silent,
    event: (_event, { events }) => offsets.push(...events.map(({ utcOffset }) => utcOffset)),
    gap: () => undefined,
    restart: () => undefined,
    stretches: (stretches) => offsets.push(...stretches.map(({ utcOffset }) => utcOffset)),
    boardChanged: () => undefined,
    serverFound: () => undefined,
    badInput: () => undefined,
  });
  const join = () => next.hear(frame('QueueCallerJoin', { Queue: 'support', Uniqueid: '1', Interface: 'PJSIP/1001' }));
  join();
  const clocks = [{ server: 'pbx', from: start - 1, to: start - 1, offset: 7200 }];
  next.recall({ heard: new Map(), restarts: [], clocks });
  join();
  expect(offsets).toEqual([null, 7200]);
});

test('a clock that is days ahead puts events where its records are, with and without times of their own', () => {
  const days = 3 * 86_400_000;
  const at: number[] = [];
  const next = new Listener(defaultDerivation, {
    ...silent,
    event: (_event, { events, records }) =>
      at.push(...events.map((event) => event.at), ...records.map(({ startTime }) => startTime!)),
  });
  next.hear({ kind: 'server', server: 'pbx', state: 'up', since: start, clockOffsetMs: days });
  const Timestamp = `${(start + days) / 1000}.000000`;
  next.hear(frame('QueueCallerJoin', { Queue: 'support', Uniqueid: '1' }));
  next.hear(frame('AgentCalled', { Queue: 'support', Uniqueid: '1', Timestamp }));
  const id = `${(start + days) / 1000}.1`;
  next.hear(frame('Cdr', { UniqueID: id, StartTime: '2026-11-27 12:00:00', EndTime: '2026-11-27 12:00:10' }));
  expect(at).toEqual([start + days, start + days, start + days]);
});

test('a PBX that has started again has the board that it tells of since, and no caller from before', () => {
  recall();
  hear('QueueCallerJoin', { Queue: 'support', Uniqueid: '1' });
  expect(queuesNow()).toMatchObject([{ callersWaiting: 1 }]);
  pass(12_000);
  hear('FullyBooted', { Uptime: '3' });
  expect(queuesNow()).toEqual([]);
});

test('a PBX whose clock is ten minutes fast or slow leaves no gap without records', () => {
  for (const clockOffsetMs of [11 * minute, -11 * minute]) {
    listener.hear({ kind: 'server', server: 'pbx', state: 'up', since: start, clockOffsetMs });
    callsEnd(clockOffsetMs);
    pass(1_000);
    expect(listener.openGaps(0, Date.now(), Date.now())).toEqual([]);
    recordComes(clockOffsetMs);
    expect(outcomes.gaps).toEqual([]);
    pass(minute);
  }
});

test('a stretch without records begins and ends by our clock, though that of the PBX is slow', () => {
  listener.hear({ kind: 'server', server: 'pbx', state: 'up', since: start, clockOffsetMs: -11 * minute });
  callsEnd(-11 * minute);
  pass(20 * minute);
  recordComes(-11 * minute);
  expect(outcomes.gaps).toEqual([
    { server: 'pbx', startTime: start, endTime: start + 20 * minute, reason: 'unrecorded' },
  ]);
});

/** Ten answered calls end on a PBX whose clock is so far ahead of ours. */
function callsEnd(aheadMs: number): void {
  for (let n = 0; n < 10; n++) {
    const fields = { Uniqueid: `1.${n}`, Linkedid: `1.${n}`, ChannelState: '6' };
    listener.hear(frame('Hangup', fields, Date.now() + aheadMs));
  }
}

/** The record of a call that ends now on a PBX whose clock is so far ahead of ours. */
function recordComes(aheadMs: number): void {
  const at = Date.now() + aheadMs;
  const end = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const fields = { UniqueID: `${Math.floor(at / 1000)}.1`, StartTime: end, EndTime: end };
  listener.hear(frame('Cdr', { ...fields, Duration: '0', BillableSeconds: '0' }, at));
}

test('a PBX that is gone is listed as down until it is forgotten, and one that is heard is not forgotten', () => {
  listener.recall({ heard: new Map([['old', start - minute]]), restarts: [], clocks: [] });
  server('up');
  hear('Hangup');
  expect(listener.servers).toMatchObject([
    { server: 'pbx', state: 'up' },
    { server: 'old', state: 'down', since: start - minute },
  ]);
  expect(listener.forget('pbx', Date.now())).toBe(false);
  expect(listener.forget('old', Date.now())).toBe(true);
  expect(outcomes.gaps).toEqual([{ server: 'old', startTime: start - minute, endTime: start, reason: 'stopped' }]);
  expect(listener.openGaps(0, Date.now(), Date.now())).toEqual([]);
  expect([...listener.lastHeard.keys()]).toEqual(['pbx']);
});

test('the PBX that is one too many is bad input, and loses no other', () => {
  listener.recall({
    heard: new Map(Array.from({ length: 1_000 }, (_, n) => [`pbx-${n}`, start])),
    restarts: [],
    clocks: [],
  });
  hear('Hangup');
  expect(outcomes).toMatchObject({ bad: ['too-many-servers'], events: [] });
  listener.hear({
    kind: 'frame',
    frame: { kind: 'event', server: 'pbx-7', name: 'Hangup', fields: {}, at: start, recovered: false },
  });
  expect(outcomes.events).toEqual(['Hangup']);
});

test('queue events of a PBX that was not heard for a while are not all that there were', () => {
  const heard: unknown[] = [];
  const next = new Listener(defaultDerivation, {
    ...silent,
    event: (_event, { records }) => heard.push(...records.map(({ queueEventsHeard }) => queueEventsHeard)),
  });
  const record = () => {
    const StartTime = new Date(Date.now()).toISOString().slice(0, 19).replace('T', ' ');
    next.hear(frame('Cdr', { UniqueID: `${Date.now() / 1000}.1`, StartTime, LastApplication: 'Queue' }));
  };
  next.hear(frame('QueueCallerJoin', { Queue: 'support', Uniqueid: '1' }));
  pass(minute);
  record();
  next.hear({ kind: 'server', server: 'pbx', state: 'down', since: Date.now() });
  pass(minute);
  record();
  expect(heard).toEqual([true, false]);
});

describe('calls in progress', () => {
  const phone = { Channel: 'PJSIP/1001-00000001', Uniqueid: '1.1', Linkedid: '1.1', ChannelState: '5' };
  const states = () => listener.board.calls.map(({ state }) => state);
  beforeEach(() => {
    recall();
    server('up');
    hear('Newchannel', phone);
    expect(states()).toEqual(['ringing']);
  });

  it.each([
    ['is not heard any more', () => server('down')],
    ['starts again, or is logged in to again', () => hear('FullyBooted', { Uptime: '3' })],
    ['is not listened to any more', () => listener.stop(Date.now())],
  ])('are forgotten when their PBX %s', (_, end) => {
    end();
    expect(states()).toEqual([]);
  });

  it('are known from then on again, and it is told since when', () => {
    server('down');
    pass(minute);
    server('up');
    hear('Newchannel', { ...phone, Uniqueid: '1.2' });
    expect(states()).toEqual(['ringing']);
    expect(listener.serversNow(Date.now())).toMatchObject([{ state: 'up', heardSince: start + minute }]);
  });

  it('began by our clock, whatever that of the PBX shows', () => {
    const clockOffsetMs = 10 * minute;
    listener.hear({ kind: 'server', server: 'pbx', state: 'up', since: start, clockOffsetMs });
    pass(minute);
    const own = start + minute + clockOffsetMs;
    const Timestamp = (own / 1000).toFixed(6);
    const id = `${own / 1000}.3`;
    const fields = { ...phone, Uniqueid: id, Linkedid: id, Timestamp };
    listener.hear(frame('Newchannel', fields, own));
    expect(listener.board.calls[1]).toMatchObject({ since: start + minute, startTime: start + minute });
  });
});
