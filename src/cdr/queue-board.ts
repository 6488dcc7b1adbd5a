import { compareText } from './compare-text';

/** A queue at this moment. Spans in seconds. */
export interface QueueNow {
  server: string;
  queue: string;
  callersWaiting: number;
  /** Of those who wait now; null where nobody does. */
  longestWait: number | null;
  agentsFree: number;
  /** Ringing, talking or on hold. */
  agentsBusy: number;
  agentsPaused: number;
  /** Phones that can't be reached. */
  agentsUnavailable: number;
}

/** An agent who is logged in: a member of a queue whose phone can be reached. */
export interface AgentNow {
  server: string;
  agent: string;
  /** Sorted. */
  queues: string[];
  /** In every queue. */
  paused: boolean;
}

type MemberState = 'free' | 'busy' | 'paused' | 'unavailable';

interface Line {
  /** Caller's channel to when it joined, epoch milliseconds. */
  callers: Map<string, number>;
  /** Interface to what the member does. */
  members: Map<string, MemberState>;
}

type Fields = Readonly<Record<string, string>>;
type Step = (board: Line, fields: Fields, at: number) => void;

/** Device states of a queue member. Source: Asterisk devicestate.h; an unknown state (0) can be called. */
const states: Readonly<Record<string, MemberState>> = {
  '0': 'free',
  '1': 'free',
  '2': 'busy',
  '3': 'busy',
  '4': 'unavailable',
  '5': 'unavailable',
  '6': 'busy',
  '7': 'busy',
  '8': 'busy',
};

const setMember: Step = ({ members }, fields) => {
  const state = fields.Paused === '1' ? 'paused' : (states[fields.Status ?? '0'] ?? 'unavailable');
  members.set(fields.Interface || fields.Location || fields.MemberName || '', state);
};
const leave: Step = ({ callers }, fields) => callers.delete(fields.Uniqueid ?? '');

/** What each event does to the queue it names. */
const steps: Readonly<Record<string, Step>> = {
  // QueueParams opens the answer to QueueStatus: what follows is all there is.
  QueueParams: ({ callers, members }) => {
    callers.clear();
    members.clear();
  },
  QueueMember: setMember,
  QueueEntry: ({ callers }, fields, at) => callers.set(fields.Uniqueid ?? '', at - Number(fields.Wait || 0) * 1000),
  QueueCallerJoin: ({ callers }, fields, at) => callers.set(fields.Uniqueid ?? '', at),
  QueueCallerLeave: leave,
  QueueCallerAbandon: leave,
  QueueMemberAdded: setMember,
  QueueMemberStatus: setMember,
  QueueMemberPause: setMember,
  QueueMemberPaused: setMember,
  QueueMemberRemoved: ({ members }, fields) => members.delete(fields.Interface || fields.Location || ''),
};

/**
 * The wallboard: who waits and who is free in each queue, from the answer to QueueStatus and the events since. Holds no
 * more than the PBXes' queues do.
 */
export class QueueBoard {
  private readonly lines = new Map<string, { server: string; queue: string; line: Line }>();

  /** True when the event changed the board. */
  apply(server: string, name: string, fields: Fields, at: number): boolean {
    if (name === 'Hangup') {
      return this.hangUp(server, fields.Uniqueid ?? '');
    }
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    const queue = fields.Queue ?? '';
    if (!step || queue === '') {
      return false;
    }
    step(this.lineOf(server, queue), fields, at);
    return true;
  }

  /** Forgets a PBX that is not heard any more: its board is not known. */
  forget(server: string): void {
    for (const [key, entry] of this.lines) {
      if (entry.server === server) {
        this.lines.delete(key);
      }
    }
  }

  /** Nothing is known any more. */
  clear(): void {
    this.lines.clear();
  }

  /** One row a queue, by server and name. */
  rows(now: number): QueueNow[] {
    return [...this.lines.values()]
      .map(({ server, queue, line: { callers, members } }) => {
        const count = (state: MemberState): number => [...members.values()].filter((found) => found === state).length;
        const joins = [...callers.values()];
        return {
          server,
          queue,
          callersWaiting: joins.length,
          longestWait: joins.length === 0 ? null : Math.max(0, Math.floor((now - Math.min(...joins)) / 1000)),
          agentsFree: count('free'),
          agentsBusy: count('busy'),
          agentsPaused: count('paused'),
          agentsUnavailable: count('unavailable'),
        };
      })
      .sort((a, b) => compareText(a.server, b.server) || compareText(a.queue, b.queue));
  }

  /** Who is logged in; `agentOf` gives the extension of a member's interface. */
  agents(agentOf: (memberInterface: string) => string): AgentNow[] {
    const found = new Map<string, AgentNow>();
    for (const { server, queue, line } of this.lines.values()) {
      for (const [memberInterface, state] of line.members) {
        if (state !== 'unavailable') {
          const agent = agentOf(memberInterface);
          const known = found.get(`${server}|${agent}`) ?? { server, agent, queues: [], paused: true };
          found.set(`${server}|${agent}`, known);
          known.queues = [...known.queues, queue].sort();
          known.paused &&= state === 'paused';
        }
      }
    }
    return [...found.values()];
  }

  private hangUp(server: string, uniqueId: string): boolean {
    let isChanged = false;
    for (const entry of this.lines.values()) {
      if (entry.server === server && entry.line.callers.delete(uniqueId)) {
        isChanged = true;
      }
    }
    return isChanged;
  }

  private lineOf(server: string, queue: string): Line {
    const key = `${server}|${queue}`;
    const known = this.lines.get(key) ?? { server, queue, line: { callers: new Map(), members: new Map() } };
    this.lines.set(key, known);
    return known.line;
  }
}
