import type { AgentStretch } from '../../cdr/agent-presence';
import type { AgentLeg, Call, CallContext, QueueVisit, Transfer } from '../../cdr/call';
import type { Gap } from '../../cdr/gap';
import type { LearnedName } from '../../cdr/learned-names';
import type { KnownSpan } from '../../cdr/pbx-clocks';
import type { QueueDifference } from '../../cdr/queue-audit';
import type { QueueReading } from '../../cdr/queue-reading';
import type { QueueEvent } from '../../cdr/queue-event';
import type { CdrRecord } from '../../cdr/record';
import type { Restart } from '../../cdr/restart';
import { Table, type ColumnType } from './table';

/** In the order of the migrations that made them: columns of a DuckDB file are filled by their place. */
const ends = { did: 'text', trunk: 'text', callingAgent: 'text' } as const;

export const recordTable = new Table<CdrRecord>('record', {
  server: 'text',
  linkedId: 'text',
  linkedIdMapped: 'bool',
  uniqueId: 'text',
  sequence: 'int',
  startTime: 'ms',
  answerTime: 'ms',
  endTime: 'ms',
  utcOffset: 'int',
  duration: 'int',
  billableSeconds: 'int',
  source: 'text',
  destination: 'text',
  destinationContext: 'text',
  callerId: 'text',
  channel: 'text',
  destinationChannel: 'text',
  lastApplication: 'text',
  lastData: 'text',
  disposition: 'text',
  amaFlags: 'text',
  accountCode: 'text',
  userField: 'text',
  direction: 'text',
  agent: 'text',
  queue: 'text',
  custom: 'json',
  imported: 'bool',
  queueEventsHeard: 'bool',
  ...ends,
});

export const eventTable = new Table<QueueEvent>('queue_event', {
  server: 'text',
  linkedId: 'text',
  uniqueId: 'text',
  name: 'text',
  at: 'ms',
  utcOffset: 'int',
  queue: 'text',
  interface: 'text',
  memberUniqueId: 'text',
  position: 'int',
  holdTime: 'int',
  ringTime: 'real',
  talkTime: 'int',
  arrival: 'int',
  memberChannel: 'text',
  dialStatus: 'text',
  caller: 'json',
  consultLinkedId: 'text',
  imported: 'bool',
  endedBy: 'text',
  transfer: 'json',
});

const context: Record<Exclude<keyof CallContext, keyof typeof ends>, ColumnType> = {
  server: 'text',
  linkedId: 'text',
  source: 'text',
  destination: 'text',
  direction: 'text',
  disposition: 'text',
  outcome: 'text',
  accountCode: 'text',
  duration: 'int',
  utcOffset: 'int',
  custom: 'json',
};

export const callTable = new Table<Call>('call', {
  ...context,
  startTime: 'ms',
  answerTime: 'ms',
  endTime: 'ms',
  talkTime: 'int',
  waitTime: 'int',
  ringTime: 'int',
  billableSeconds: 'int',
  queue: 'text',
  queues: 'list',
  agent: 'text',
  agents: 'list',
  records: 'int',
  linkedIdMapped: 'bool',
  ...ends,
  endedBy: 'text',
  transfers: 'int',
});

export const visitTable = new Table<QueueVisit>('queue_visit', {
  ...context,
  queue: 'text',
  uniqueId: 'text',
  joinTime: 'ms',
  leaveTime: 'ms',
  visitOutcome: 'text',
  waitTime: 'int',
  talkTime: 'int',
  agent: 'text',
  derived: 'bool',
  answerDelay: 'int',
  imported: 'bool',
  ...ends,
  endedBy: 'text',
});

export const legTable = new Table<AgentLeg>('agent_leg', {
  ...context,
  agent: 'text',
  queue: 'text',
  startTime: 'ms',
  answered: 'bool',
  ringTime: 'real',
  talkTime: 'int',
  ...ends,
  endedBy: 'text',
  refused: 'bool',
});

export const transferTable = new Table<Transfer>('transfer', {
  ...context,
  ...ends,
  kind: 'text',
  transferTime: 'ms',
  agent: 'text',
  queue: 'text',
  extension: 'text',
  transferTarget: 'text',
  targetKind: 'text',
  result: 'text',
  derived: 'bool',
  endedBy: 'text',
});

export const stretchTable = new Table<AgentStretch>('agent_stretch', {
  server: 'text',
  agent: 'text',
  queues: 'list',
  startTime: 'ms',
  endTime: 'ms',
  paused: 'bool',
  utcOffset: 'int',
  pauseReason: 'text',
  wrapUp: 'bool',
});

export const gapTable = new Table<Omit<Gap, 'filled' | 'queuesFilled'>>('gap', {
  server: 'text',
  startTime: 'ms',
  endTime: 'ms',
  reason: 'text',
});

export const restartTable = new Table<Restart>('restart', { server: 'text', time: 'ms' });

/** What was learned of the wall clock of each PBX. */
export const clockTable = new Table<KnownSpan>('pbx_clock', { server: 'text', from: 'ms', to: 'ms', offset: 'int' });

/** What PBXes called their agents. */
export const nameTable = new Table<LearnedName>('learned_name', { server: 'text', agent: 'text', name: 'text' });

/** Up to where Asterisk's counters of each queue and member were compared. */
export const readingTable = new Table<QueueReading>('queue_reading', {
  server: 'text',
  queue: 'text',
  completed: 'int',
  abandoned: 'int',
  at: 'ms',
  interface: 'text',
  since: 'ms',
});

export const differenceTable = new Table<QueueDifference>('queue_difference', {
  server: 'text',
  queue: 'text',
  outcome: 'text',
  more: 'int',
  startTime: 'ms',
  endTime: 'ms',
  agent: 'text',
});

/** When each PBX was last heard. */
export const heardTable = new Table<{ server: string; at: number }>('heard', { server: 'text', at: 'ms' });

/** Start of the latest imported record of each PBX. */
export const importedTable = new Table<{ server: string; until: number }>('imported', { server: 'text', until: 'ms' });

/** What an import from a CDR table or file keeps of its progress, as JSON. */
export const importTable = new Table<{ key: string; state: object }>('import_state', { key: 'text', state: 'json' });
