import { defaultRules, noon, queueEvent, unansweredQueueRecord, cdrRecord } from '../../tests/support/cdr-builders';
import { assembleCall } from './assemble-call';
import type { QueueEvent } from './queue-event';

const read = (name: QueueEvent['name'], seconds: number, more: Partial<QueueEvent> = {}): QueueEvent =>
  queueEvent(name, seconds, { imported: true, memberUniqueId: '', memberChannel: '', interface: 'Alice', ...more });

const events = [
  queueEvent('QueueCallerJoin', 0, { imported: true }),
  read('AgentRingNoAnswer', 5, { ringTime: 5, interface: 'Eve' }),
  read('AgentConnect', 9, { holdTime: 9, ringTime: 3, memberUniqueId: `${noon / 1000}.9` }),
  read('AgentComplete', 29, { holdTime: 9, talkTime: 20, memberUniqueId: `${noon / 1000}.9` }),
];
const records = [
  unansweredQueueRecord({
    destinationChannel: 'PJSIP/1005-00000007',
    endTime: noon + 5_000,
    duration: 5,
    sequence: 1,
  }),
  cdrRecord({
    lastApplication: 'Queue',
    queue: 'support',
    destinationChannel: 'PJSIP/1001-00000009',
    startTime: noon + 6_000,
    answerTime: noon + 9_000,
    endTime: noon + 29_000,
    duration: 23,
    billableSeconds: 20,
    sequence: 2,
  }),
];
const agents = (parts: Parameters<typeof assembleCall>[0]): string[] =>
  assembleCall(parts, defaultRules).legs.map(({ agent, answered }) => `${agent} ${answered}`);

test('members whom a queue_log names are the agents of the records of the same rings', () => {
  expect(agents({ records: [], events })).toEqual(['Eve false', 'Alice true']);
  expect(agents({ records, events })).toEqual(['1005 false', '1001 true']);
  expect(assembleCall({ records, events }, defaultRules).visits).toMatchObject([{ agent: '1001', talkTime: 20 }]);
});

test('where several phones rang just then, a name stays', () => {
  const other = { ...records[0]!, destinationChannel: 'PJSIP/1006-00000008', sequence: 3 };
  expect(agents({ records: [...records, other], events })).toEqual(['Eve false', '1001 true']);
});
