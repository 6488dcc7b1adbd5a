/** What Asterisk's queue_log says of one queue. Times in seconds. */
export interface QueueLogCounts {
  entered: number;
  answered: number;
  /** Gave up, timed out, or sent on since the queue was empty. */
  abandoned: number;
  /** When callers entered, epoch seconds. */
  entries: number[];
  /** Waits of the answered. */
  holdTimes: number[];
  /** Waits of the abandoned. */
  abandonTimes: number[];
  /** How long the phones rang that answered. */
  ringTimes: number[];
  /** Of talks that ended. */
  talkTimes: number[];
  /** Talks that ended, by who ended them. */
  ends: Map<string, number>;
  /** By the member's interface. */
  connects: Map<string, number>;
  ringNoAnswers: Map<string, number>;
  /** `blind` and `attended`, by the member's interface. */
  transfers: Record<'blind' | 'attended', Map<string, number>>;
}

const abandoning: ReadonlySet<string> = new Set(['ABANDON', 'EXITWITHTIMEOUT', 'EXITEMPTY']);
/** Who ended a talk, and where its time stands among what follows the event. */
const completions: Readonly<Record<string, { by: string; talkPlace: number }>> = {
  COMPLETECALLER: { by: 'caller', talkPlace: 1 },
  COMPLETEAGENT: { by: 'agent', talkPlace: 1 },
  BLINDTRANSFER: { by: 'transfer', talkPlace: 3 },
  ATTENDEDTRANSFER: { by: 'transfer', talkPlace: 3 },
};

/** Counts the lines `time|call|queue|member|event|…` by queue. */
export function readQueueLog(text: string): Map<string, QueueLogCounts> {
  const queues = new Map<string, QueueLogCounts>();
  for (const line of text.split('\n')) {
    const [time, , queue = '', member = '', event = '', ...more] = line.split('|');
    if (queue === '' || queue === 'NONE') {
      continue;
    }
    const counts = queues.get(queue) ?? noCounts();
    queues.set(queue, counts);
    if (event === 'ENTERQUEUE') {
      counts.entered++;
      counts.entries.push(Number(time));
    } else if (abandoning.has(event)) {
      counts.abandoned++;
      counts.abandonTimes.push(Number(more[2]));
    } else if (event === 'CONNECT') {
      counts.answered++;
      counts.holdTimes.push(Number(more[0]));
      counts.ringTimes.push(Number(more[2]));
      add(counts.connects, member);
    } else if (event === 'RINGNOANSWER') {
      add(counts.ringNoAnswers, member);
    }
    if (event === 'BLINDTRANSFER' || event === 'ATTENDEDTRANSFER') {
      add(counts.transfers[event === 'BLINDTRANSFER' ? 'blind' : 'attended'], member);
    }
    const completion = completions[event];
    if (completion) {
      counts.talkTimes.push(Number(more[completion.talkPlace]));
      add(counts.ends, completion.by);
    }
  }
  return queues;
}

/** Numbers of those who left queues, but for some, without a member, and whom none answered in another. */
export function callersWhoGaveUp(text: string, except: readonly string[]): string[] {
  const lines = text.split('\n').map((line) => line.split('|'));
  const callsOf = (isWanted: (event: string) => boolean): Set<string> =>
    new Set(lines.filter(([, , , , event = '']) => isWanted(event)).map(([, call = '']) => call));
  const gaveUp = callsOf((event) => abandoning.has(event));
  const answered = callsOf((event) => event === 'CONNECT');
  const numbers = lines
    .filter(
      ([, call = '', queue = '', , event]) =>
        event === 'ENTERQUEUE' && gaveUp.has(call) && !answered.has(call) && !except.includes(queue)
    )
    .map(([, , , , , , number = '']) => number);
  return [...new Set(numbers)].sort();
}

/** Who paused, by the member's interface, and what for. */
export function readPauses(text: string): Array<{ member: string; reason: string }> {
  return text
    .split('\n')
    .map((line) => line.split('|'))
    .filter(([, , , , event]) => event === 'PAUSE')
    .map(([, , , member = '', , reason = '']) => ({ member, reason }));
}

const noCounts = (): QueueLogCounts => ({
  entered: 0,
  answered: 0,
  abandoned: 0,
  entries: [],
  holdTimes: [],
  abandonTimes: [],
  ringTimes: [],
  talkTimes: [],
  ends: new Map(),
  connects: new Map(),
  ringNoAnswers: new Map(),
  transfers: { blind: new Map(), attended: new Map() },
});

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
