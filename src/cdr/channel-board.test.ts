import { ChannelBoard } from './channel-board';

const at = 1_795_571_230_000;
const day = 86_400_000;
const channel = (n: number, more: Record<string, string> = {}) => ({
  ...{
    Channel: `PJSIP/1001-${n}`,
    ChannelState: '4',
    Uniqueid: `1795571230.${n}`,
    Linkedid: `1795571230.${n}`,
    ...more,
  },
});

test('a channel whose end was missed is forgotten after a day, one that is heard again is not', () => {
  const board = new ChannelBoard();
  board.apply('pbx', 'Newchannel', channel(1), at);
  board.apply('pbx', 'Newchannel', channel(2), at);
  board.apply('pbx', 'Newstate', channel(1), at + day / 2);
  board.apply('pbx', 'Newchannel', channel(3), at + day);
  expect([...board.channels].map(({ uniqueId }) => uniqueId)).toEqual(['1795571230.1', '1795571230.3']);
});

test('it holds a hundred thousand channels, and counts what finds no room', () => {
  const board = new ChannelBoard();
  for (let n = 0; n < 100_002; n++) {
    board.apply('pbx', 'Newchannel', channel(n), at);
  }
  expect(board.refused).toBe(2);
  expect([...board.channels]).toHaveLength(100_000);
  board.apply('pbx', 'Hangup', channel(5), at);
  expect(board.apply('pbx', 'Newchannel', channel(100_001), at)).toBe(true);
  board.clear();
  expect([...board.channels]).toEqual([]);
});

test('events of queues alone, whose channels would never be heard to end, make none known', () => {
  const board = new ChannelBoard();
  expect(board.apply('pbx', 'QueueCallerJoin', channel(1, { Queue: 'support' }), at)).toBe(false);
  expect(board.apply('pbx', 'AgentCalled', channel(1, { DestUniqueid: '1795571230.2' }), at)).toBe(false);
  expect([...board.channels]).toEqual([]);
});

test.each([
  ['an event that is none of its own', 'constructor', channel(1)],
  ['one without a channel', 'Newstate', { Channel: 'PJSIP/1001-1' }],
  ['the end of a channel that is not known', 'Hangup', channel(7)],
])('takes no notice of %s', (_, name, fields) => {
  const board = new ChannelBoard();
  expect(board.apply('pbx', name, fields, at)).toBe(false);
  expect([...board.channels]).toEqual([]);
});

test('a name, a number and a state are those of the last event; what was dialled, of the first', () => {
  const board = new ChannelBoard();
  board.apply('pbx', 'Newchannel', channel(1, { Exten: '100', CallerIDNum: '5550101' }), at);
  board.apply('pbx', 'NewCallerid', channel(1, { CallerIDName: 'Ann', Exten: 's', ChannelState: 'no number' }), at + 1);
  board.apply('pbx', 'Rename', channel(1, { Newname: 'PJSIP/1002-1' }), at + 2);
  expect([...board.channels]).toMatchObject([
    { name: 'PJSIP/1002-1', number: '5550101', callerName: 'Ann', extension: '100', state: 4, since: at },
  ]);
});

test('a bridge that holds calls puts on hold who enters it, one of a pool of agents does not, others connect', () => {
  const board = new ChannelBoard();
  const enter = (n: number, fields: Record<string, string>) =>
    board.apply('pbx', 'BridgeEnter', channel(n, { BridgeUniqueid: 'b', ...fields }), at + 5);
  enter(1, { BridgeTechnology: 'simple_bridge' });
  enter(2, { BridgeTechnology: 'holding_bridge' });
  enter(3, { BridgeTechnology: 'holding_bridge', BridgeType: 'agent_hold' });
  expect(Array.from(board.channels, ({ bridge, bridgedAt, heldAt }) => [bridge, bridgedAt, heldAt])).toEqual([
    ['b', at + 5, null],
    ['', null, at + 5],
    ['', null, null],
  ]);
});

test('a PBX that is forgotten takes its own channels along', () => {
  const board = new ChannelBoard();
  board.apply('pbx', 'Newchannel', channel(1), at);
  board.apply('west', 'Newchannel', channel(1), at);
  board.forget('pbx');
  expect(Array.from(board.channels, ({ server }) => server)).toEqual(['west']);
});

test('a channel keeps its name where an event has none, and is down by the state 0', () => {
  const board = new ChannelBoard();
  board.apply('pbx', 'Newchannel', channel(1, { ChannelState: '0' }), at);
  board.apply('pbx', 'Newstate', channel(1, { Channel: '', ChannelState: '' }), at + 1);
  expect([...board.channels]).toMatchObject([{ name: 'PJSIP/1001-1', state: 0 }]);
});

test('the start of a channel that was not heard to begin is told by our clock', () => {
  const board = new ChannelBoard();
  board.apply('pbx', 'Newstate', channel(1), at + 60_000, -600_000);
  board.apply('pbx', 'Newstate', channel(2), at + 660_000, -600_000);
  expect([...board.channels].map(({ startTime }) => startTime)).toEqual([at + 60_000, at + 600_000]);
});

test('texts of any length are cut', () => {
  const board = new ChannelBoard();
  board.apply('pbx', 'Newchannel', channel(1, { CallerIDName: 'x'.repeat(10_000) }), at);
  expect([...board.channels][0]!.callerName).toHaveLength(256);
});
