import type { CallNow } from '../../cdr/calls-now';
import type { PbxBoard } from '../../cdr/pbx-board';
import { membersOf, type QueueStanding } from '../../cdr/queue-board';
import type { LineMember } from '../../cdr/queue-line';
import { queuesAt } from '../../cdr/queues-now';
import { alone, type Sharing } from '../../store/sharing';
import { agentsAt } from '../../cdr/agents-now';
import { BoardKeeper } from './board-keeper';

const start = 1_790_000_000_000;
const member: LineMember = {
  ...{ interface: 'PJSIP/1001', phone: 'free', phoneSince: start, pausedSince: start, pauseReason: 'Lunch' },
  ...{ wrapUp: 0, restsUntil: null },
};
const queue = (server: string, waitingSince: number | null = null): QueueStanding => ({
  ...{ server, queue: 'support' },
  members: [member],
  callers: waitingSince === null ? [] : [{ uniqueId: '1.1', number: '', name: '', since: waitingSince, place: 1 }],
});
const call = (server: string): CallNow => ({
  ...{ server, linkedId: '1.2', state: 'talking', since: start + 5_000, startTime: start, direction: 'internal' },
  ...{ source: '1001', callerName: '', destination: '1002', queue: '', waitingId: '', trunk: '', callingAgent: '' },
  ...{ agents: ['1002'], ringing: [], accountCode: '' },
});

describe('queues and calls as they are now, of a store that several processes share', () => {
  /** What the store has of each PBX, and who keeps it. */
  let stored: Map<string, { by: string; board: PbxBoard }>;
  let writes: number;
  let reads: number;
  let trouble: boolean;
  let keepers: BoardKeeper[];
  beforeEach(() => {
    jest.useFakeTimers({ now: start });
    [stored, writes, reads, trouble, keepers] = [new Map(), 0, 0, false, []];
  });
  afterEach(() => {
    keepers.forEach((keeper) => keeper.close());
    jest.useRealTimers();
  });
  const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);

  /** A process that hears some PBXes, its clock so far behind that of the store. */
  function process(by: string, heard: QueueStanding[], clockOffset = 0) {
    const own = {
      heard: new Set(heard.map(({ server }) => server)),
      queues: heard,
      calls: [] as CallNow[],
      changes: 0,
    };
    const sharing: Sharing = {
      ...alone,
      isShared: true,
      clockOffset,
      keepBoards: async (boards) => {
        if (trouble) {
          throw new Error('The database does not answer.');
        }
        writes++;
        const free = [...boards].filter(([server]) => (stored.get(server)?.by ?? by) === by);
        free.forEach(([server, board]) =>
          stored.set(server, { by, board: JSON.parse(JSON.stringify(board)) as PbxBoard })
        );
        return new Set(free.map(([server]) => server));
      },
      dropBoards: async (servers) => servers.forEach((server) => stored.delete(server)),
      boards: async () => {
        if (trouble) {
          throw new Error('The database does not answer.');
        }
        reads++;
        const others = [...stored].filter(([, board]) => board.by !== by);
        return new Map(others.map(([server, { board }]) => [server, board]));
      },
    };
    const keeper = new BoardKeeper({
      listener: {
        get board() {
          return { queues: own.queues, calls: own.calls };
        },
        get heardNow() {
          return own.heard;
        },
      },
      sharing: () => sharing,
      onChanged: () => own.changes++,
    });
    keepers.push(keeper);
    return {
      own,
      agents: () =>
        agentsAt(
          membersOf(keeper.board.queues, (phone) => phone.replace('PJSIP/', '')),
          Date.now()
        ),
      calls: () => keeper.board.calls,
      now: () => queuesAt(keeper.board.queues, Date.now()).map(({ server, longestWait }) => [server, longestWait]),
    };
  }

  it('are shown by a process that hears no PBX, a change within two seconds, and grow older by themselves', async () => {
    const hears = process('a', [queue('east')]);
    const answers = process('b', []);
    await pass(10);
    expect(answers.now()).toEqual([['east', null]]);
    hears.own.queues = [queue('east', Date.now())];
    const before = answers.own.changes;
    await pass(2);
    expect(answers.own.changes).toBe(before + 1);
    expect(answers.now()).toEqual([['east', 2]]);
    await pass(1);
    expect(answers.now()).toEqual([['east', 3]]);
  });

  it('tell the same wait whatever the clocks of the processes show', async () => {
    process('a', [queue('east', start)], 300_000);
    const answers = process('b', [], -120_000);
    await pass(10);
    // By its own clock, which is 7 minutes ahead of the other one.
    expect(stored.get('east')!.board.queues[0]!.callers[0]!.since).toBe(start + 300_000);
    expect(answers.now()).toEqual([['east', 0]]);
    await jest.advanceTimersByTimeAsync(0);
    jest.setSystemTime(Date.now() + 420_000);
    expect(answers.now()).toEqual([['east', 10]]);
  });

  it('tell who is paused for what since the same moment, whatever the clocks of the processes show', async () => {
    process('a', [queue('east')], 300_000);
    const answers = process('b', [], -120_000);
    await pass(10);
    jest.setSystemTime(Date.now() + 420_000);
    expect(answers.agents()).toMatchObject([
      { agent: '1001', state: 'paused', pauseReason: 'Lunch', pausedSeconds: 10 },
    ]);
  });

  it('tell the same times of calls and callers whatever the clocks show, and a call that ends within two seconds', async () => {
    const hears = process('a', [queue('east', start)], 300_000);
    hears.own.calls = [call('east')];
    const answers = process('b', [], -120_000);
    await pass(10);
    const { queues, calls } = stored.get('east')!.board;
    expect(queues[0]!.callers[0]!.since).toBe(start + 300_000);
    expect(calls).toEqual([{ ...call('east'), since: start + 305_000, startTime: start + 300_000 }]);
    expect(answers.calls()).toEqual([{ ...call('east'), since: start + 425_000, startTime: start + 420_000 }]);
    hears.own.calls = [];
    const before = answers.own.changes;
    await pass(2);
    expect(answers.calls()).toEqual([]);
    expect(answers.own.changes).toBe(before + 1);
  });

  it('are of each process’s own hearing as far as it hears, and of others beyond', async () => {
    const both = process('a', [queue('east'), queue('west', start)]);
    const east = process('b', [queue('east', start)]);
    await pass(10);
    expect(east.now()).toEqual([
      ['east', 10],
      ['west', 10],
    ]);
    expect(both.now()).toEqual([
      ['east', null],
      ['west', 10],
    ]);
    both.own.heard = new Set(['east']);
    await pass(10);
    expect(east.now()).toEqual([['east', 10 + 10]]);
  });

  it('cost a write each five seconds while nothing changes, and no reading of what is heard here', async () => {
    process('a', [queue('east')]);
    await pass(100);
    expect(writes).toBeLessThanOrEqual(20);
    expect(reads).toBeLessThanOrEqual(20);
  });

  it('are kept by one, and by the next once that one hears the PBX no more', async () => {
    const first = process('a', [queue('east')]);
    process('b', [queue('east', start)]);
    await pass(10);
    expect(stored.get('east')!.by).toBe('a');
    first.own.heard = new Set();
    first.own.queues = [];
    await pass(10);
    expect(stored.get('east')!.by).toBe('b');
    expect(first.now()).toHaveLength(1);
  });

  it('are not shown for long where the store does not answer', async () => {
    process('a', [queue('east')]);
    const answers = process('b', []);
    await pass(10);
    trouble = true;
    await pass(10);
    expect(answers.now()).toHaveLength(1);
    await pass(10);
    expect(answers.now()).toEqual([]);
  });
});
