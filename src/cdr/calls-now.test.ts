import { defaultRules } from '../../tests/support/cdr-builders';
import { callsNow } from './calls-now';
import { ChannelBoard } from './channel-board';
import type { WaitingCaller } from './waiting-caller';

const start = 1_795_571_230_000;

interface Said {
  name: string;
  id: string;
  linkedId?: string;
  state?: number;
  number?: string;
  callerName?: string;
  exten?: string;
  more?: Record<string, string>;
}

let board: ChannelBoard;
let now: number;
beforeEach(() => {
  board = new ChannelBoard();
  now = start;
});
const pass = (seconds: number): void => void (now += seconds * 1000);

function hear(event: string, { name, id, linkedId = id, state, number, callerName, exten, more = {} }: Said): boolean {
  const fields = {
    Channel: name,
    Uniqueid: id,
    Linkedid: linkedId,
    ...(state !== undefined && { ChannelState: String(state) }),
    CallerIDNum: number ?? '<unknown>',
    CallerIDName: callerName ?? '<unknown>',
    Context: 'internal',
    Exten: exten ?? '',
    ...more,
  };
  return board.apply('pbx', event, fields, now);
}

const [down, ring, ringing, up] = [0, 4, 5, 6];
const fromTrunk: Said = { name: 'PJSIP/trunk-acme-00000000', id: '1795571230.0', number: '5550101', callerName: 'Ann' };
const ofPhone = (extension: string, id: string, linkedId = fromTrunk.id): Said => ({
  ...{ name: `PJSIP/${extension}-0000000a`, id, linkedId, number: extension, callerName: `Agent ${extension}` },
});
const phone = ofPhone('1001', '1795571230.1');
const bridge = (BridgeUniqueid: string, more = {}): Pick<Said, 'more'> => ({
  more: { BridgeUniqueid, BridgeType: 'basic', BridgeTechnology: 'simple_bridge', ...more },
});
const calls = (waiting: WaitingCaller[] = []) => callsNow(board.channels, waiting, defaultRules);

function talk(one: Said, other: Said, name = 'b1'): void {
  [one, other].forEach((channel) => hear('BridgeEnter', { ...channel, state: up, ...bridge(name) }));
}

test('a call goes through dialing, ringing, talking and on hold, each since it began', () => {
  hear('Newchannel', { ...fromTrunk, state: ring, exten: '101' });
  expect(calls()).toMatchObject([{ state: 'application', since: start, source: '5550101', destination: '101' }]);
  pass(1);
  hear('Newchannel', { ...phone, state: down });
  expect(calls()).toMatchObject([{ state: 'dialing', since: start + 1000, ringing: [], agents: [] }]);
  pass(1);
  hear('Newstate', { ...phone, state: ringing });
  expect(calls()).toMatchObject([{ state: 'ringing', since: start + 2000, ringing: ['1001'], agents: [] }]);
  pass(3);
  hear('Newstate', { ...phone, state: up });
  talk(phone, fromTrunk);
  expect(calls()).toEqual([
    {
      ...{ server: 'pbx', linkedId: fromTrunk.id, state: 'talking', since: start + 5000, startTime: start },
      ...{ direction: 'inbound', source: '5550101', callerName: 'Ann', destination: '101', trunk: 'PJSIP/trunk-acme' },
      ...{ agents: ['1001'], ringing: [], callingAgent: '', queue: '', waitingId: '', accountCode: '' },
    },
  ]);
  pass(10);
  hear('Hold', phone);
  pass(5);
  expect(calls()).toMatchObject([{ state: 'on hold', since: start + 15_000, agents: ['1001'] }]);
  hear('Unhold', phone);
  expect(calls()).toMatchObject([{ state: 'talking', since: start + 5000 }]);
  [phone, fromTrunk].forEach((channel) => hear('BridgeLeave', { ...channel, ...bridge('b1') }));
  expect(calls()).toMatchObject([{ state: 'application', agents: [] }]);
  [phone, fromTrunk].forEach((channel) => hear('Hangup', channel));
  expect(calls()).toEqual([]);
});

test('halves of Local channels are no parties, whoever is behind them is', () => {
  const half = (side: 1 | 2): Said => ({
    ...{ name: `Local/1004@from-queue-00000000;${side}`, id: `1795571230.${6 + side}`, linkedId: fromTrunk.id },
    number: '5550131',
  });
  const agent = ofPhone('1004', '1795571230.9');
  hear('Newchannel', { ...fromTrunk, state: ring, exten: '230' });
  hear('QueueCallerJoin', { ...fromTrunk, more: { Queue: 'freepbx' } });
  hear('Newchannel', { ...half(1), state: down });
  hear('Newchannel', { ...half(2), state: ring });
  const called = { DestUniqueid: half(1).id, DestChannel: half(1).name, Interface: 'Local/1004@from-queue/n' };
  hear('AgentCalled', { ...fromTrunk, more: { ...called, Queue: 'freepbx' } });
  hear('Newchannel', { ...agent, state: down });
  hear('Newstate', { ...agent, state: ringing });
  expect(calls()).toMatchObject([{ state: 'ringing', ringing: ['1004'], source: '5550101', queue: 'freepbx' }]);
  talk(agent, half(2), 'behind');
  expect(calls()).toMatchObject([{ state: 'application', agents: [] }]);
  talk(half(1), fromTrunk, 'before');
  expect(calls()).toMatchObject([{ state: 'talking', agents: ['1004'], source: '5550101', trunk: 'PJSIP/trunk-acme' }]);
});

test('a queue member on a line outside is the agent, and its trunk not one whose phone rings', () => {
  const half: Said = { name: 'Local/0170@from-queue-00000000;1', id: '1795571230.7', linkedId: fromTrunk.id };
  const mobile: Said = { name: 'PJSIP/trunk-acme-0000000b', id: '1795571230.8', linkedId: fromTrunk.id };
  hear('Newchannel', { ...fromTrunk, state: ring });
  hear('Newchannel', { ...half, state: down });
  hear('AgentCalled', { ...fromTrunk, more: { DestUniqueid: half.id, Interface: 'Local/0170@from-queue/n' } });
  hear('Newstate', { ...half, state: ringing });
  hear('Newchannel', { ...mobile, state: ringing });
  expect(calls()).toMatchObject([{ state: 'ringing', ringing: ['0170'] }]);
});

test('who calls out is the calling agent, and the trunk that of the other end', () => {
  const caller: Said = { ...ofPhone('1001', '1795571230.4', '1795571230.4'), exten: '5550999' };
  const trunk: Said = { ...fromTrunk, id: '1795571230.5', linkedId: caller.id, number: '5550999' };
  hear('Newchannel', { ...caller, state: ring });
  hear('Newchannel', { ...trunk, state: down });
  const call = { direction: 'outbound', callingAgent: '1001', destination: '5550999', trunk: 'PJSIP/trunk-acme' };
  expect(calls()).toMatchObject([{ ...call, state: 'dialing' }]);
  talk(trunk, caller);
  expect(calls()).toMatchObject([{ ...call, state: 'talking', agents: [], source: '1001' }]);
});

test('a call that the PBX sets up rings its first phone, and leads to the number that is called then', () => {
  const caller: Said = { ...ofPhone('1001', '1795571230.4', '1795571230.4'), exten: 's' };
  hear('Newchannel', { ...caller, state: down });
  hear('Newstate', { ...caller, state: ringing });
  expect(calls()).toMatchObject([{ state: 'ringing', source: '1001', destination: '', ringing: ['1001'] }]);
  hear('Newstate', { ...caller, state: up });
  hear('Newchannel', { ...ofPhone('1002', '1795571230.5', caller.id), state: ringing });
  expect(calls()).toMatchObject([{ state: 'ringing', source: '1001', destination: '1002', ringing: ['1002'] }]);
});

test('a consultation is a call of its own, and one call with the first once it is transferred', () => {
  const consult = ofPhone('1001', '1795571240.5', '1795571240.5');
  const colleague = ofPhone('1002', '1795571240.6', consult.id);
  hear('Newchannel', { ...fromTrunk, state: ring, exten: '101' });
  hear('Newchannel', { ...phone, state: ringing });
  talk(phone, fromTrunk);
  hear('Hold', phone);
  pass(10);
  hear('Newchannel', { ...consult, state: ring, exten: '1002' });
  hear('Newchannel', { ...colleague, state: down });
  talk(colleague, consult, 'b2');
  expect(calls()).toMatchObject([
    { state: 'on hold', source: '5550101', agents: ['1001'] },
    { state: 'talking', source: '1001', agents: ['1002'], direction: 'internal' },
  ]);
  hear('BridgeLeave', { ...phone, ...bridge('b1') });
  hear('Hangup', phone);
  hear('Hangup', consult);
  // The linked id of the consultation stands until its channel is told of again.
  hear('BridgeEnter', { ...colleague, ...bridge('b1') });
  expect(calls()).toMatchObject([
    { state: 'talking', source: '5550101', agents: ['1002'], linkedId: fromTrunk.id, destination: '101' },
  ]);
});

test('a parked caller is on hold, those of one parking lot are no call together, and a pooled agent who waits is none of both', () => {
  const lot = bridge('lot', { BridgeType: 'parking', BridgeTechnology: 'holding_bridge' });
  const other = { ...fromTrunk, id: '1795571231.0', linkedId: '1795571231.0', name: 'PJSIP/trunk-acme-00000009' };
  const pooled = ofPhone('1005', '1795571232.0', '1795571232.0');
  [fromTrunk, other].forEach((caller) => hear('BridgeEnter', { ...caller, state: up, ...lot }));
  const pool = bridge('pool', { BridgeType: 'agent_hold', BridgeTechnology: 'holding_bridge' });
  hear('BridgeEnter', { ...pooled, state: up, ...pool });
  expect(calls().map(({ state }) => state)).toEqual(['on hold', 'on hold', 'application']);
});

test('a conference is one call of all who hear each other', () => {
  const members = ['1001', '1002', '1003'].map((agent, n) => ofPhone(agent, `1795571230.${n}`, `1795571230.${n}`));
  members.forEach((member) => {
    hear('Newchannel', { ...member, state: ring, exten: '800' });
    pass(1);
    hear('BridgeEnter', { ...member, state: up, ...bridge('conference') });
  });
  hear('Newchannel', { name: 'CBAnn/800-00000001;2', id: '1795571230.9', linkedId: '1795571230.9', state: up });
  expect(calls()).toMatchObject([{ state: 'talking', since: start + 2000, agents: ['1002', '1003'] }]);
});

test('a caller who waits in a queue is waiting whatever rings, also where nothing else was heard of the channel', () => {
  const place = {
    server: 'pbx',
    queue: 'support',
    position: 1,
    uniqueId: fromTrunk.id,
    number: '5550101',
    name: 'Ann',
  };
  const before = { ...place, uniqueId: '1795571000.3', number: '5550177', name: '', since: start - 60_000 };
  hear('Newchannel', { ...fromTrunk, state: ring });
  hear('Newchannel', { ...phone, state: ringing });
  expect(calls([{ ...place, since: start + 500 }, before])).toMatchObject([
    { state: 'waiting', since: start - 60_000, source: '5550177', linkedId: '1795571000.3', direction: 'unknown' },
    { state: 'waiting', since: start + 500, source: '5550101', queue: 'support', ringing: ['1001'] },
  ]);
});

test('a call that began before the first event is known from its next one on, with the start that its id tells', () => {
  pass(100);
  hear('Hold', { ...phone, state: up });
  expect(calls()).toMatchObject([{ state: 'on hold', since: start + 100_000, startTime: start }]);
});

test('equal ids of two PBXes are two calls', () => {
  hear('Newchannel', { ...fromTrunk, state: ring });
  const fields = {
    Channel: 'PJSIP/trunk-b-00000000',
    Uniqueid: fromTrunk.id,
    Linkedid: fromTrunk.id,
    ChannelState: '4',
  };
  board.apply('other', 'Newchannel', fields, now);
  expect(calls().map(({ server }) => server)).toEqual(['pbx', 'other']);
  board.forget('other');
  expect(calls()).toHaveLength(1);
});

test('calls come in the order in which they began, those of one moment by their ids', () => {
  const channel = (n: number): Said => ({ ...ofPhone('1001', `1795571230.${n}`, `1795571230.${n}`), state: ring });
  [3, 2].forEach((n) => hear('Newchannel', channel(n)));
  pass(-1);
  hear('Newchannel', channel(4));
  expect(calls().map(({ linkedId }) => linkedId)).toEqual(['1795571230.4', '1795571230.2', '1795571230.3']);
});
