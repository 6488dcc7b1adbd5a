import { agentsAt } from './agents-now';
import { membersOf, QueueBoard } from './queue-board';

const start = 1_795_633_000_000;
type Heard = [seconds: number, name: string, fields: Record<string, string>];

/** The agents at a second, by what was heard until then. */
function agentsAfter(heard: readonly Heard[], seconds: number, ahead = 0) {
  const board = new QueueBoard();
  for (const [at, name, { server = 'pbx', ...fields }] of heard) {
    board.apply(server, name, { Queue: 'support', Interface: 'PJSIP/1001', ...fields }, start + at * 1000, ahead);
  }
  const members = membersOf(board.standing, (memberInterface) => memberInterface.replace('PJSIP/', ''));
  return agentsAt(members, start + seconds * 1000);
}

const member = (Status: string, PausedReason?: string) => ({
  Status,
  ...(PausedReason === undefined ? { Paused: '0', PausedReason: '' } : { Paused: '1', PausedReason }),
});

describe('an agent at this moment', () => {
  it('is paused since when and for what Asterisk says, by our clock, where the pause began before it was heard', () => {
    const lastPause = String(start / 1000 - 600 + 90);
    const heard: Heard[] = [[0, 'QueueMember', { ...member('1', 'Lunch'), LastPause: lastPause }]];
    expect(agentsAfter(heard, 30, 90_000)).toMatchObject([
      { agent: '1001', state: 'paused', pauseReason: 'Lunch', stateSeconds: 630, pausedSeconds: 630 },
    ]);
  });

  it('is paused since it was heard where Asterisk says no time, or one to come', () => {
    const since = (LastPause: string) =>
      agentsAfter([[10, 'QueueMember', { ...member('1', 'Lunch'), LastPause }]], 30)[0]!.pausedSeconds;
    expect([since('0'), since('soon'), since(String(start / 1000 + 3600))]).toEqual([20, 20, 20]);
  });

  it('is paused only where it is in every queue, for the reason that was given last', () => {
    const heard: Heard[] = [
      [0, 'QueueMemberAdded', member('1')],
      [0, 'QueueMemberAdded', { ...member('1'), Queue: 'sales' }],
      [10, 'QueueMemberPause', member('1', 'Lunch')],
    ];
    expect(agentsAfter(heard, 20)).toMatchObject([
      { state: 'free', pauseReason: '', pausedSeconds: null, stateSeconds: 20 },
    ]);
    heard.push([30, 'QueueMemberPause', { ...member('1', 'Meeting'), Queue: 'sales' }]);
    expect(agentsAfter(heard, 40)).toMatchObject([{ state: 'paused', pauseReason: 'Meeting', pausedSeconds: 10 }]);
    heard.push([50, 'QueueMemberPause', member('1', 'Training')]);
    expect(agentsAfter(heard, 60)).toMatchObject([{ state: 'paused', pauseReason: 'Training', pausedSeconds: 10 }]);
  });

  it('has the reason of Asterisk 11, which sends no state of the phone with a pause', () => {
    const heard: Heard[] = [
      [0, 'QueueMemberStatus', { Status: '2', Paused: '0' }],
      [10, 'QueueMemberPaused', { Paused: '1', Reason: 'Lunch' }],
    ];
    expect(agentsAfter(heard, 15)).toMatchObject([
      { state: 'paused', phone: 'busy', pauseReason: 'Lunch', stateSeconds: 5 },
    ]);
  });

  it('rings, talks and rests since its phone does', () => {
    const states = ['1', '6', '2', '8', '1', '5'].map((Status, n): Heard => [
      n * 10,
      'QueueMemberStatus',
      member(Status),
    ]);
    expect(states.map((_, n) => agentsAfter(states.slice(0, n + 1), n * 10 + 5)[0]!)).toMatchObject([
      { state: 'free', stateSeconds: 5 },
      { state: 'ringing', stateSeconds: 5 },
      { state: 'busy', stateSeconds: 5 },
      { state: 'busy', stateSeconds: 15 },
      { state: 'free', stateSeconds: 5 },
      { state: 'unavailable', stateSeconds: 5 },
    ]);
  });

  it('keeps its times when all members are told again', () => {
    const heard: Heard[] = [
      [0, 'QueueMemberStatus', member('2')],
      [60, 'QueueParams', {}],
      [60, 'QueueMember', { ...member('2'), Location: 'PJSIP/1001' }],
    ];
    expect(agentsAfter(heard, 90)).toMatchObject([{ state: 'busy', stateSeconds: 90 }]);
    const goneSince: Heard[] = [...heard.slice(0, 2), [70, 'QueueMemberAdded', member('2')]];
    expect(agentsAfter(goneSince, 90)).toMatchObject([{ state: 'busy', stateSeconds: 20 }]);
  });

  it('is one row whatever queues and PBXes', () => {
    const heard: Heard[] = [
      [0, 'QueueMemberAdded', { ...member('1', 'Lunch'), server: 'west' }],
      [0, 'QueueMemberAdded', { ...member('2'), server: 'east', Queue: 'sales' }],
      [0, 'QueueMemberAdded', { ...member('5'), Interface: 'PJSIP/1002' }],
    ];
    expect(agentsAfter(heard, 5)).toMatchObject([
      { agent: '1001', state: 'busy', queues: ['sales', 'support'], servers: ['east', 'west'] },
      { agent: '1002', state: 'unavailable', queues: ['support'] },
    ]);
  });
});

describe('an agent whom a queue keeps from calls after a talk', () => {
  const talk: Heard[] = [
    [0, 'QueueMemberAdded', member('1')],
    [10, 'QueueMemberStatus', member('2')],
    [70, 'QueueMemberStatus', member('1')],
    [70, 'AgentComplete', { TalkTime: '60' }],
  ];
  const stateAfter = (heard: readonly Heard[], seconds: number, wrapUp = 15) => {
    const board = new QueueBoard(() => wrapUp);
    const until = heard.filter(([at]) => at <= seconds);
    until.forEach(([at, name, fields]) =>
      board.apply('pbx', name, { Queue: 'support', Interface: 'PJSIP/1001', ...fields }, start + at * 1000)
    );
    const now = start + seconds * 1000;
    const [agent] = agentsAt(
      membersOf(board.standing, () => '1001'),
      now
    );
    expect(board.agents(() => '1001', now)[0]!.wrapUp).toBe(agent!.state === 'wrap-up');
    return agent!.state;
  };

  it('is in wrap-up for as long as the queue says', () => {
    expect([60, 71, 84, 85].map((at) => stateAfter(talk, at))).toEqual(['busy', 'wrap-up', 'wrap-up', 'free']);
    expect(stateAfter(talk, 71, 0)).toBe('free');
  });

  it('is so for as long as is set for the member, whatever the queue says', () => {
    const own = talk.map(([at, name, fields]): Heard => [at, name, { ...fields, Wrapuptime: '30' }]);
    expect([71, 99, 100].map((at) => stateAfter(own, at))).toEqual(['wrap-up', 'wrap-up', 'free']);
  });

  it('is so after a talk that nobody heard, by the time of the last call', () => {
    const lastCall = String(start / 1000 - 5);
    const heard: Heard[] = [[0, 'QueueMember', { ...member('1'), LastCall: lastCall }]];
    expect([1, 9, 10].map((at) => stateAfter(heard, at))).toEqual(['wrap-up', 'wrap-up', 'free']);
  });

  it('is paused or busy where it pauses or calls meanwhile', () => {
    expect(stateAfter([...talk, [72, 'QueueMemberPause', member('1', 'Lunch')]], 73)).toBe('paused');
    expect(stateAfter([...talk, [72, 'QueueMemberStatus', member('2')]], 73)).toBe('busy');
  });
});
