import { QueueBoard } from './queue-board';
import { queuesAt } from './queues-now';

const at = 1_795_521_600_000;

function boardOf(events: Array<[name: string, fields: Record<string, string>]>, wrapUp = 15): QueueBoard {
  const board = new QueueBoard(() => wrapUp);
  events.forEach(([name, fields]) => board.apply('pbx', name, { Queue: 'support', ...fields }, at));
  return board;
}
const added = (Interface: string, Status = '1', more = {}): [string, Record<string, string>] => [
  'QueueMemberAdded',
  { Interface, Status, Paused: '0', ...more },
];
const talkEnds = (Interface: string): [string, Record<string, string>] => ['AgentComplete', { Interface }];
const counts = (board: QueueBoard, now: number): string =>
  queuesAt(board.standing, now)
    .map(
      (row) => `free ${row.agentsFree} busy ${row.agentsBusy} paused ${row.agentsPaused} wrap-up ${row.agentsInWrapUp}`
    )
    .join();

test('an agent is in wrap-up, and not free, for as long as the queue keeps calls from him', () => {
  const board = boardOf([added('PJSIP/1001'), added('PJSIP/1002'), talkEnds('PJSIP/1001')]);
  expect(counts(board, at + 14_999)).toBe('free 1 busy 0 paused 0 wrap-up 1');
  expect(counts(board, at + 15_000)).toBe('free 2 busy 0 paused 0 wrap-up 0');
});

test('a wrap-up time of the member counts before that of the queue', () => {
  const board = boardOf([added('PJSIP/1001', '1', { Wrapuptime: '60' }), talkEnds('PJSIP/1001')]);
  expect(counts(board, at + 59_000)).toBe('free 0 busy 0 paused 0 wrap-up 1');
});

test('one who is paused or on the phone after a talk counts once, and not as in wrap-up', () => {
  const board = boardOf([added('PJSIP/1001'), talkEnds('PJSIP/1001'), added('PJSIP/1002'), talkEnds('PJSIP/1002')]);
  board.apply('pbx', 'QueueMemberPause', { Queue: 'support', Interface: 'PJSIP/1001', Paused: '1' }, at);
  board.apply('pbx', 'QueueMemberStatus', { Queue: 'support', Interface: 'PJSIP/1002', Status: '2' }, at);
  expect(counts(board, at + 1_000)).toBe('free 0 busy 1 paused 1 wrap-up 0');
});

test('nobody is in wrap-up in a queue that has no wrap-up time', () => {
  const board = boardOf([added('PJSIP/1001'), talkEnds('PJSIP/1001')], 0);
  expect(counts(board, at)).toBe('free 1 busy 0 paused 0 wrap-up 0');
});
