/** What Asterisk's queue_log says of one queue. Times in seconds. */
export interface QueueLogCounts {
  entered: number;
  answered: number;
  /** Gave up, timed out, or sent on since the queue was empty. */
  abandoned: number;
  /** Waits of the answered. */
  holdTimes: number[];
  /** Of talks that ended. */
  talkTimes: number[];
  /** By the member's interface. */
  connects: Map<string, number>;
  ringNoAnswers: Map<string, number>;
}

const abandoning: ReadonlySet<string> = new Set(['ABANDON', 'EXITWITHTIMEOUT', 'EXITEMPTY']);
/** Where the talk time stands among what follows the event. */
const talkPlaces: Readonly<Record<string, number>> = {
  COMPLETECALLER: 1,
  COMPLETEAGENT: 1,
  BLINDTRANSFER: 3,
  ATTENDEDTRANSFER: 3,
};

/** Counts the lines `time|call|queue|member|event|…` by queue. */
export function readQueueLog(text: string): Map<string, QueueLogCounts> {
  const queues = new Map<string, QueueLogCounts>();
  for (const line of text.split('\n')) {
    const [, , queue = '', member = '', event = '', ...more] = line.split('|');
    if (queue === '' || queue === 'NONE') {
      continue;
    }
    const counts = queues.get(queue) ?? noCounts();
    queues.set(queue, counts);
    counts.entered += Number(event === 'ENTERQUEUE');
    counts.abandoned += Number(abandoning.has(event));
    if (event === 'CONNECT') {
      counts.answered++;
      counts.holdTimes.push(Number(more[0]));
      add(counts.connects, member);
    } else if (event === 'RINGNOANSWER') {
      add(counts.ringNoAnswers, member);
    }
    const place = talkPlaces[event];
    if (place !== undefined) {
      counts.talkTimes.push(Number(more[place]));
    }
  }
  return queues;
}

const noCounts = (): QueueLogCounts => ({
  entered: 0,
  answered: 0,
  abandoned: 0,
  holdTimes: [],
  talkTimes: [],
  connects: new Map(),
  ringNoAnswers: new Map(),
});

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
