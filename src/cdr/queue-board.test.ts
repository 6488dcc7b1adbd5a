import { elementsWalked } from '../../tests/support/elements-walked';
import type { PresentAgent } from './agent-presence';
import { QueueBoard, waitingIn } from './queue-board';
import { queuesAt } from './queues-now';

const at = 1_000_000;

function boardOf(...events: Array<[name: string, fields: Record<string, string>, seconds?: number]>): QueueBoard {
  const board = new QueueBoard();
  for (const [name, fields, seconds = 0] of events) {
    board.apply('pbx', name, { Queue: 'support', ...fields }, at + seconds * 1000);
  }
  return board;
}

const rows = (board: QueueBoard, now: number) => queuesAt(board.standing, now);
const member = (Interface: string, Status: string, Paused = '0') => ({ Interface, Status, Paused });

describe('the queue board', () => {
  it('shows who waits, how long the longest, and what the agents do', () => {
    const board = boardOf(
      ['QueueParams', {}],
      ['QueueMember', { Location: 'PJSIP/1001', Status: '1', Paused: '0' }],
      ['QueueMember', { Location: 'PJSIP/1002', Status: '1', Paused: '1' }],
      ['QueueMember', { Location: 'PJSIP/1003', Status: '5', Paused: '0' }],
      ['QueueEntry', { Uniqueid: 'a', Wait: '30' }],
      ['QueueMemberStatus', member('PJSIP/1004', '6')],
      ['QueueCallerJoin', { Uniqueid: 'b' }, 10]
    );
    expect(rows(board, at + 12_000)).toEqual([
      {
        server: 'pbx',
        queue: 'support',
        callersWaiting: 2,
        longestWait: 42,
        agentsFree: 1,
        agentsBusy: 1,
        agentsPaused: 1,
        agentsInWrapUp: 0,
        agentsUnavailable: 1,
      },
    ]);
  });

  it.each([
    ['QueueCallerLeave', { Uniqueid: 'a' }],
    ['QueueCallerAbandon', { Uniqueid: 'a' }],
    ['Hangup', { Uniqueid: 'a' }],
    ['QueueParams', {}],
  ])('has nobody waiting after %s', (name, fields) => {
    const board = boardOf(['QueueCallerJoin', { Uniqueid: 'a' }], [name, fields]);
    expect(rows(board, at)).toMatchObject([{ callersWaiting: 0, longestWait: null }]);
  });

  it('follows members who come, pause and go', () => {
    const board = boardOf(
      ['QueueMemberAdded', member('PJSIP/1001', '1')],
      ['QueueMemberPause', member('PJSIP/1001', '1', '1')]
    );
    expect(rows(board, at)).toMatchObject([{ agentsFree: 0, agentsPaused: 1 }]);
    board.apply('pbx', 'QueueMemberRemoved', { Queue: 'support', Interface: 'PJSIP/1001' }, at);
    expect(rows(board, at)).toMatchObject([{ agentsPaused: 0 }]);
  });

  it('tells who is logged in: reachable, and paused only where paused in every queue', () => {
    const board = boardOf(
      ['QueueMemberAdded', member('PJSIP/1001', '1')],
      ['QueueMemberAdded', { ...member('PJSIP/1001', '1', '1'), Queue: 'sales', PausedReason: 'Lunch' }],
      ['QueueMemberAdded', { ...member('PJSIP/1002', '1', '1'), PausedReason: 'Lunch' }],
      ['QueueMemberAdded', member('PJSIP/1003', '5')]
    );
    expect(board.agents((text) => text.replace('PJSIP/', ''), at)).toEqual([
      { server: 'pbx', agent: '1001', queues: ['sales', 'support'], paused: false, pauseReason: '', wrapUp: false },
      { server: 'pbx', agent: '1002', queues: ['support'], paused: true, pauseReason: 'Lunch', wrapUp: false },
    ]);
  });

  it('forgets a PBX that is not heard, and takes no notice of other events', () => {
    const board = boardOf(['QueueCallerJoin', { Uniqueid: 'a' }]);
    expect(board.apply('pbx', 'constructor', { Queue: 'support' }, at)).toBe(false);
    board.forget('other');
    expect(rows(board, at)).toHaveLength(1);
    board.forget('pbx');
    expect(rows(board, at)).toEqual([]);
  });
});

it('holds a hundred thousand entries, and counts what finds no room', () => {
  const board = new QueueBoard();
  const join = (queue: string, n: number) =>
    board.apply('pbx', 'QueueCallerJoin', { Queue: queue, Uniqueid: `${n}` }, at);
  Array.from({ length: 99_999 }, (_, n) => join('support', n));
  expect(board.refused).toBe(0);
  join('support', 99_999);
  join('sales', 1);
  expect(board.refused).toBe(2);
  expect(rows(board, at)).toMatchObject([{ queue: 'support', callersWaiting: 99_999 }]);
  board.forget('pbx');
  join('sales', 1);
  expect(rows(board, at)).toMatchObject([{ queue: 'sales', callersWaiting: 1 }]);
});

it('knows the agents of ten thousand queues', () => {
  const board = new QueueBoard();
  for (let n = 0; n < 50_000; n++) {
    const fields = { Queue: `q${n % 10_000}`, Interface: `PJSIP/${1000 + Math.floor(n / 10_000)}`, Status: '1' };
    board.apply('pbx', 'QueueMemberAdded', fields, at);
  }
  let agents: PresentAgent[] = [];
  const walked = elementsWalked(() => (agents = board.agents((memberInterface) => memberInterface.slice(6), at)));
  expect(agents.map(({ agent, queues }) => [agent, queues.length])).toEqual(
    ['1000', '1001', '1002', '1003', '1004'].map((agent) => [agent, 10_000])
  );
  // Some times for each membership, and not the queues of an agent for each.
  expect(walked).toBeLessThan(10 * 50_000);
});

it('keeps a caller waiting who was put into the queue by an attended transfer', () => {
  const board = new QueueBoard();
  const at = Date.UTC(2026, 10, 24, 13);
  board.apply('pbx', 'QueueCallerJoin', { Queue: 'support', Uniqueid: 'agent.2' }, at);
  board.apply('pbx', 'AttendedTransfer', { SecondTransfererUniqueid: 'agent.2', TransfereeUniqueid: 'caller.1' }, at);
  board.apply('pbx', 'Hangup', { Uniqueid: 'agent.2' }, at);
  expect(rows(board, at + 5000)).toMatchObject([{ callersWaiting: 1, longestWait: 5 }]);
  board.apply('pbx', 'QueueCallerLeave', { Queue: 'support', Uniqueid: 'caller.1' }, at);
  expect(rows(board, at + 5000)).toMatchObject([{ callersWaiting: 0 }]);
});

it('takes a caller who hangs up off every queue of the PBX, and none of another', () => {
  const board = new QueueBoard();
  for (const [server, queue] of [
    ['pbx', 'support'],
    ['pbx', 'sales'],
    ['other', 'support'],
  ] as const) {
    board.apply(server, 'QueueCallerJoin', { Queue: queue, Uniqueid: '1.1' }, at);
  }
  expect(board.apply('pbx', 'Hangup', { Uniqueid: '1.1' }, at)).toBe(true);
  expect(board.apply('pbx', 'Hangup', { Uniqueid: '1.1' }, at)).toBe(false);
  expect(rows(board, at).map(({ callersWaiting }) => callersWaiting)).toEqual([1, 0, 0]);
});

describe('callers in line', () => {
  const line = (board: QueueBoard) =>
    waitingIn(board.standing).map(({ position, number, since }) => `${position} ${number} ${(since - at) / 1000}`);
  const caller = (CallerIDNum: string, Position = '') => ({ Uniqueid: CallerIDNum, CallerIDNum, Position });

  it('are told with their numbers and names, by QueueStatus also those who joined before', () => {
    const board = boardOf(
      ['QueueParams', {}],
      ['QueueEntry', { ...caller('5550101', '1'), CallerIDName: 'Ann', Wait: '30' }],
      ['QueueCallerJoin', { ...caller('5550102', '2'), CallerIDName: '5550102' }, 5],
      ['QueueCallerJoin', { Uniqueid: 'withheld', CallerIDNum: '<unknown>', Position: '3' }, 6]
    );
    const of = { server: 'pbx', queue: 'support' };
    expect(waitingIn(board.standing)).toEqual([
      { ...of, position: 1, uniqueId: '5550101', number: '5550101', name: 'Ann', since: at - 30_000 },
      { ...of, position: 2, uniqueId: '5550102', number: '5550102', name: '', since: at + 5000 },
      { ...of, position: 3, uniqueId: 'withheld', number: '', name: '', since: at + 6000 },
    ]);
  });

  it('move up when one leaves, and give way to those who join before them', () => {
    const board = boardOf(
      ['QueueCallerJoin', caller('a', '1')],
      ['QueueCallerJoin', caller('b', '2')],
      ['QueueCallerJoin', caller('c', '1'), 1],
      ['QueueCallerJoin', caller('d', '2'), 2],
      ['QueueCallerJoin', caller('e', '99'), 3]
    );
    expect(line(board)).toEqual(['1 c 1', '2 d 2', '3 a 0', '4 b 0', '5 e 3']);
    board.apply('pbx', 'QueueCallerLeave', { Queue: 'support', Uniqueid: 'd' }, at);
    board.apply('pbx', 'QueueCallerJoin', { Queue: 'support', ...caller('f', '3') }, at + 4000);
    expect(line(board)).toEqual(['1 c 1', '2 a 0', '3 f 4', '4 b 0', '5 e 3']);
  });

  it('have the number that they have now, as one whom a transfer puts behind a Local channel', () => {
    const board = boardOf(['QueueCallerJoin', caller('1001', '1')], ['QueueCallerJoin', caller('b', '2')]);
    board.apply('pbx', 'NewCallerid', { Uniqueid: '1001', CallerIDNum: '5550223' }, at + 9000);
    board.apply('pbx', 'NewCallerid', { Uniqueid: 'unknown', CallerIDNum: '5550224' }, at + 9000);
    expect(line(board)).toEqual(['1 5550223 0', '2 b 0']);
  });

  it('leave without another event where they are taken into a talk (AMI Bridge)', () => {
    const board = boardOf(['QueueCallerJoin', caller('a', '1')], ['QueueCallerJoin', caller('b', '2')]);
    expect(board.apply('pbx', 'BridgeEnter', { Uniqueid: 'a', BridgeUniqueid: 'x' }, at)).toBe(true);
    expect(board.apply('pbx', 'BridgeEnter', { Uniqueid: 'agent', BridgeUniqueid: 'x' }, at)).toBe(false);
    expect(line(board)).toEqual(['1 b 0']);
  });

  it('give their place to a colleague whom they ask meanwhile and transfer into the queue', () => {
    const board = boardOf(['QueueCallerJoin', caller('1001', '1')], ['QueueCallerJoin', caller('b', '2')]);
    const transfer = { OrigTransfererUniqueid: '1001', SecondTransfererUniqueid: 'second', DestType: 'App' };
    const target = { TransferTargetUniqueid: 'target', TransferTargetCallerIDNum: '1002' };
    board.apply('pbx', 'AttendedTransfer', { ...transfer, ...target }, at + 9000);
    board.apply('pbx', 'Hangup', { Uniqueid: '1001' }, at + 9000);
    expect(line(board)).toEqual(['1 1002 0', '2 b 0']);
    board.apply('pbx', 'QueueCallerLeave', { Queue: 'support', Uniqueid: 'target' }, at);
    expect(line(board)).toEqual(['1 b 0']);
  });

  it('stay where a transfer does not say who comes in their place', () => {
    const board = boardOf(['QueueCallerJoin', caller('1001', '1')]);
    expect(board.apply('pbx', 'AttendedTransfer', { SecondTransfererUniqueid: '1001' }, at)).toBe(false);
    expect(line(board)).toEqual(['1 1001 0']);
  });

  it('keep the place and the wait of the agent who waited for them', () => {
    const board = boardOf(['QueueCallerJoin', caller('1001', '1')], ['QueueCallerJoin', caller('b', '2')]);
    const transfer = { SecondTransfererUniqueid: '1001', TransfereeUniqueid: 'x', TransfereeCallerIDNum: '5550101' };
    board.apply('pbx', 'AttendedTransfer', transfer, at + 9000);
    expect(line(board)).toEqual(['1 5550101 0', '2 b 0']);
  });
});
