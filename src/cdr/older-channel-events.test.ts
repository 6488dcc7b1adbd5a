import { defaultRules } from '../../tests/support/cdr-builders';
import { LiveBoard } from './live-board';
import { waitingIn } from './queue-board';

/** Events as the sources of Asterisk 11.25 write them; none was recorded. */
const start = 1_795_571_230_000;
const [caller, agent] = ['SIP/trunk-acme-00000001', 'SIP/1001-00000002'] as const;
const id = (n: number): string => `1795571230.${n}`;

let board: LiveBoard;
let now: number;
beforeEach(() => {
  board = new LiveBoard();
  now = start;
});

function hear(name: string, fields: Record<string, string>): void {
  board.apply('pbx', name, fields, (now += 1000));
}
const channel = (Channel: string, n: number, CallerIDNum = '', more = {}) => ({
  ...{ Channel, Uniqueid: id(n), CallerIDNum, CallerIDName: '', ...more },
});
const begins = (name: string, n: number, number = '', more = {}) =>
  hear('Newchannel', channel(name, n, number, { ChannelState: '0', AccountCode: '', ...more }));
const rings = (name: string, n: number, number = '') =>
  hear('Newstate', channel(name, n, number, { ChannelState: '5' }));
const answers = (name: string, n: number) => hear('Newstate', channel(name, n, '', { ChannelState: '6' }));
const dials = (from: string, to: string, n: number, m: number) =>
  hear('Dial', { SubEvent: 'Begin', Channel: from, Destination: to, UniqueID: id(n), DestUniqueID: id(m) });
const bridge = (Bridgestate: string, one: string, n: number, other: string, m: number, event = 'Bridge') =>
  hear(event, {
    ...{ Bridgestate, Bridgetype: 'core', Channel1: one, Channel2: other },
    ...{ Uniqueid1: id(n), Uniqueid2: id(m), CallerID1: '', CallerID2: '' },
  });
const hangsUp = (name: string, n: number) => hear('Hangup', channel(name, n, '', { Cause: '16' }));
const becomes = (Channel: string, Newname: string, n: number) => hear('Rename', { Channel, Newname, Uniqueid: id(n) });
const calls = () => board.board(defaultRules).calls;
const waiting = () => waitingIn(board.board(defaultRules).queues);
const joins = (queue: string, name: string, n: number, number: string) =>
  hear('QueueCallerJoin', channel(name, n, number, { Queue: queue, Position: '1', Count: '1' }));

function ringsAgent(): void {
  begins(caller, 1, '5550101', { Exten: '101', Context: 'from-trunk', ChannelState: '4' });
  begins(agent, 2);
  dials(caller, agent, 1, 2);
  rings(agent, 2, '1001');
}

test('a call of Asterisk 11 rings, talks, is on hold and ends', () => {
  ringsAgent();
  expect(calls()).toMatchObject([{ state: 'ringing', source: '5550101', destination: '101', ringing: ['1001'] }]);
  answers(agent, 2);
  bridge('Link', caller, 1, agent, 2);
  const talksSince = now;
  const talk = { state: 'talking', since: talksSince, agents: ['1001'], direction: 'inbound', trunk: 'SIP/trunk-acme' };
  expect(calls()).toMatchObject([talk]);
  bridge('Link', caller, 1, agent, 2);
  expect(calls()).toMatchObject([talk]);
  hear('Hold', { Status: 'On', Channel: agent, Uniqueid: id(2) });
  expect(calls()).toMatchObject([{ state: 'on hold', since: now }]);
  hear('Hold', { Status: 'Off', Channel: agent, Uniqueid: id(2) });
  expect(calls()).toMatchObject([talk]);
  bridge('Unlink', caller, 1, agent, 2);
  expect(calls()).toMatchObject([{ state: 'application', agents: [] }]);
  hangsUp(agent, 2);
  hangsUp(caller, 1);
  expect(calls()).toEqual([]);
});

test('the Link and Unlink of Asterisk 1.4 are talks too', () => {
  ringsAgent();
  answers(agent, 2);
  bridge('', caller, 1, agent, 2, 'Link');
  expect(calls()).toMatchObject([{ state: 'talking', agents: ['1001'] }]);
  bridge('', caller, 1, agent, 2, 'Unlink');
  expect(calls()).toMatchObject([{ state: 'application' }]);
});

test('a talk that began before anything was heard is known from its Bridge on', () => {
  bridge('Link', caller, 1, agent, 2);
  expect(calls()).toMatchObject([{ state: 'talking', agents: ['1001'] }]);
});

test('a queue and the halves of a Local channel are parts of one call', () => {
  const [first, second] = ['Local/1001@from-queue-0001;1', 'Local/1001@from-queue-0001;2'] as const;
  begins(caller, 1, '5550101', { Exten: '200', Context: 'from-trunk', ChannelState: '4' });
  joins('support', caller, 1, '5550101');
  begins(first, 3);
  begins(second, 4);
  const AgentCalled = 'Local/1001@from-queue/n';
  hear('AgentCalled', {
    ...{ Queue: 'support', AgentCalled, AgentName: '1001', ChannelCalling: caller, DestinationChannel: first },
    ...{ CallerIDNum: '5550101', Uniqueid: id(1) },
  });
  begins(agent, 5);
  dials(second, agent, 4, 5);
  rings(agent, 5, '1001');
  expect(calls()).toMatchObject([{ state: 'waiting', queue: 'support', source: '5550101', ringing: ['1001'] }]);
  hear('QueueCallerLeave', { Channel: caller, Queue: 'support', Count: '0', Position: '1', Uniqueid: id(1) });
  bridge('Link', second, 4, agent, 5);
  bridge('Link', caller, 1, first, 3);
  expect(calls()).toMatchObject([{ state: 'talking', source: '5550101', agents: ['1001'], queue: 'support' }]);
  expect(waiting()).toEqual([]);
});

test('a caller who is transferred by SIP into a queue where the agent waits takes his place, by number too', () => {
  ringsAgent();
  answers(agent, 2);
  bridge('Link', caller, 1, agent, 2);
  const consults = 'SIP/1001-00000003';
  begins(consults, 3, '1001', { Exten: '610', Context: 'internal', ChannelState: '4' });
  joins('support', consults, 3, '1001');
  const since = now;
  expect(calls()).toHaveLength(2);
  becomes(caller, `${caller}<MASQ>`, 1);
  becomes(consults, caller, 3);
  becomes(`${caller}<MASQ>`, `${consults}<ZOMBIE>`, 1);
  bridge('Unlink', `${consults}<ZOMBIE>`, 1, agent, 2);
  hangsUp(`${consults}<ZOMBIE>`, 1);
  hangsUp(agent, 2);
  expect(waiting()).toMatchObject([{ queue: 'support', uniqueId: id(3), number: '5550101', since }]);
  expect(calls()).toMatchObject([{ state: 'waiting', since, source: '5550101', linkedId: id(1), queue: 'support' }]);
});

test('a caller who is taken out of a queue into a talk waits no more', () => {
  begins(caller, 1, '5550101');
  joins('support', caller, 1, '5550101');
  bridge('Link', caller, 1, agent, 2);
  expect(waiting()).toEqual([]);
  expect(calls()).toMatchObject([{ state: 'talking', agents: ['1001'] }]);
});
