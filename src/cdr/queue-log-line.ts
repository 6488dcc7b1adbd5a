/** One line of Asterisk's queue_log, or one row of its table. */
export interface QueueLogLine {
  /** Epoch seconds, perhaps with a fraction, or, of a table, a wall clock. */
  time: string;
  /** The caller's channel; `NONE`, `MANAGER`, `CLI` or `REALTIME` where no caller is meant. */
  callId: string;
  /** `NONE` where all queues are meant. */
  queue: string;
  /** Name of the member, his interface where he has none; `NONE` where no member is meant. */
  agent: string;
  event: string;
  /** What follows the event. */
  data: readonly string[];
}

const time = /^\d{9,10}(\.\d{1,6})?$/;
const event = /^[A-Za-z][\w -]*$/;

/** A line of the file, `time|callid|queue|agent|event|data…`; null for one that is none, such as one that is cut. */
export function parseQueueLogLine(text: string): QueueLogLine | null {
  const [at = '', callId = '', queue = '', agent = '', name = '', ...data] = text.split('|');
  return time.test(at) && callId !== '' && event.test(name)
    ? { time: at, callId, queue, agent, event: name, data }
    : null;
}
