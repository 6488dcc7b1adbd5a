import { QueueBoard } from './queue-board';

const at = 1_000_000;

function boardOf(...events: Array<[name: string, fields: Record<string, string>, seconds?: number]>): QueueBoard {
  const board = new QueueBoard();
  for (const [name, fields, seconds = 0] of events) {
    board.apply('pbx', name, { Queue: 'support', ...fields }, at + seconds * 1000);
  }
  return board;
}

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
    expect(board.rows(at + 12_000)).toEqual([
      {
        server: 'pbx',
        queue: 'support',
        callersWaiting: 2,
        longestWait: 42,
        agentsFree: 1,
        agentsBusy: 1,
        agentsPaused: 1,
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
    expect(boardOf(['QueueCallerJoin', { Uniqueid: 'a' }], [name, fields]).rows(at)).toMatchObject([
      { callersWaiting: 0, longestWait: null },
    ]);
  });

  it('follows members who come, pause and go', () => {
    const board = boardOf(
      ['QueueMemberAdded', member('PJSIP/1001', '1')],
      ['QueueMemberPause', member('PJSIP/1001', '1', '1')]
    );
    expect(board.rows(at)).toMatchObject([{ agentsFree: 0, agentsPaused: 1 }]);
    board.apply('pbx', 'QueueMemberRemoved', { Queue: 'support', Interface: 'PJSIP/1001' }, at);
    expect(board.rows(at)).toMatchObject([{ agentsPaused: 0 }]);
  });

  it('tells who is logged in: reachable, and paused only where paused in every queue', () => {
    const board = boardOf(
      ['QueueMemberAdded', member('PJSIP/1001', '1')],
      ['QueueMemberAdded', { ...member('PJSIP/1001', '1', '1'), Queue: 'sales' }],
      ['QueueMemberAdded', member('PJSIP/1002', '1', '1')],
      ['QueueMemberAdded', member('PJSIP/1003', '5')]
    );
    expect(board.agents((text) => text.replace('PJSIP/', ''))).toEqual([
      { server: 'pbx', agent: '1001', queues: ['sales', 'support'], paused: false },
      { server: 'pbx', agent: '1002', queues: ['support'], paused: true },
    ]);
  });

  it('forgets a PBX that is not heard, and takes no notice of other events', () => {
    const board = boardOf(['QueueCallerJoin', { Uniqueid: 'a' }]);
    expect(board.apply('pbx', 'constructor', { Queue: 'support' }, at)).toBe(false);
    board.forget('other');
    expect(board.rows(at)).toHaveLength(1);
    board.forget('pbx');
    expect(board.rows(at)).toEqual([]);
  });
});
