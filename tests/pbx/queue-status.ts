import { connectAmi, valueOf, type AmiMessage, type AmiServer } from '../../tools/bridge/ami-connection';

/** A queue as the PBX itself counts it: AMI QueueParams. Levels in percent. */
export interface QueueParams {
  queue: string;
  completed: number;
  abandoned: number;
  serviceLevel: number;
  serviceLevel2: number;
}

/** A member of a queue: AMI QueueMember. */
export interface QueueMember {
  queue: string;
  interface: string;
  callsTaken: number;
  paused: boolean;
  pausedReason: string;
  /** Epoch seconds; 0 where it never was paused. */
  lastPause: number;
}

/** A caller who waits: AMI QueueEntry. Seconds. */
export interface QueueEntry {
  queue: string;
  position: number;
  number: string;
  wait: number;
}

/** A queue as the PBX sums it up: AMI QueueSummary. Seconds; of several calls the averages are moving ones: each counts a quarter. */
export interface QueueSummary {
  queue: string;
  loggedIn: number;
  available: number;
  callers: number;
  holdTime: number;
  talkTime: number;
  longestHoldTime: number;
}

/** What a PBX says of its queues since it started. */
export interface QueuesAsked {
  queues: QueueParams[];
  members: QueueMember[];
  entries: QueueEntry[];
  summaries: QueueSummary[];
}

export async function askQueues(server: AmiServer): Promise<QueuesAsked> {
  const status = await answerTo(server, 'QueueStatus');
  const summaries = await answerTo(server, 'QueueSummary');
  const number = (message: AmiMessage, key: string): number => Number(valueOf(message, key));
  return {
    queues: status.filter(isEvent('QueueParams')).map((message) => ({
      queue: valueOf(message, 'Queue'),
      completed: number(message, 'Completed'),
      abandoned: number(message, 'Abandoned'),
      serviceLevel: number(message, 'ServicelevelPerf'),
      serviceLevel2: number(message, 'ServicelevelPerf2'),
    })),
    members: status.filter(isEvent('QueueMember')).map((message) => ({
      queue: valueOf(message, 'Queue'),
      interface: valueOf(message, 'Location'),
      callsTaken: number(message, 'CallsTaken'),
      paused: valueOf(message, 'Paused') === '1',
      pausedReason: valueOf(message, 'PausedReason'),
      lastPause: number(message, 'LastPause'),
    })),
    entries: status.filter(isEvent('QueueEntry')).map((message) => ({
      queue: valueOf(message, 'Queue'),
      position: number(message, 'Position'),
      number: valueOf(message, 'CallerIDNum'),
      wait: number(message, 'Wait'),
    })),
    summaries: summaries.filter(isEvent('QueueSummary')).map((message) => ({
      queue: valueOf(message, 'Queue'),
      loggedIn: number(message, 'LoggedIn'),
      available: number(message, 'Available'),
      callers: number(message, 'Callers'),
      holdTime: number(message, 'HoldTime'),
      talkTime: number(message, 'TalkTime'),
      longestHoldTime: number(message, 'LongestHoldTime'),
    })),
  };
}

const isEvent =
  (name: string) =>
  (message: AmiMessage): boolean =>
    valueOf(message, 'Event') === name;

/** What comes until the action is complete. */
async function answerTo(server: AmiServer, action: 'QueueStatus' | 'QueueSummary'): Promise<AmiMessage[]> {
  const found: AmiMessage[] = [];
  let end: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => (end = resolve));
  const ami = await connectAmi(server, (message) => {
    found.push(message);
    if (isEvent(`${action}Complete`)(message)) {
      end();
    }
  });
  ami.send({ Action: action });
  await complete;
  ami.close();
  return found;
}
