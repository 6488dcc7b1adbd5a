import { compareText } from './compare-text';
import { channelKey, QueueLine, type LineStanding, type MemberState } from './queue-line';
import { Room } from './room';

/** A queue as it stands until the next event. */
export interface QueueStanding extends LineStanding {
  server: string;
  queue: string;
}

/** A queue at this moment. */
export interface QueueNow extends Omit<QueueStanding, 'waitingSince'> {
  /** Seconds, of those who wait now; null where nobody does. */
  longestWait: number | null;
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

type Fields = Readonly<Record<string, string>>;
type Step = (line: QueueLine, fields: Fields, at: number) => void;

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

const setMember: Step = (line, fields) => {
  const state = fields.Paused === '1' ? 'paused' : (states[fields.Status ?? '0'] ?? 'unavailable');
  line.setMember(fields.Interface || fields.Location || fields.MemberName || '', state);
};
const leave: Step = (line, fields) => line.removeCaller(fields.Uniqueid ?? '');

/** What each event does to the queue it names. */
const steps: Readonly<Record<string, Step>> = {
  // QueueParams opens the answer to QueueStatus: what follows is all there is.
  QueueParams: (line) => line.clear(),
  QueueMember: setMember,
  QueueEntry: (line, fields, at) => line.setCaller(fields.Uniqueid ?? '', at - Number(fields.Wait || 0) * 1000),
  QueueCallerJoin: (line, fields, at) => line.setCaller(fields.Uniqueid ?? '', at),
  QueueCallerLeave: leave,
  QueueCallerAbandon: leave,
  QueueMemberAdded: setMember,
  QueueMemberStatus: setMember,
  QueueMemberPause: setMember,
  QueueMemberPaused: setMember,
  QueueMemberRemoved: (line, fields) => line.removeMember(fields.Interface || fields.Location || ''),
};

/** Queues, members and waiting callers that a board shows at most. */
const mostEntries = 100_000;

/**
 * The wallboard: who waits and who is free in each queue, from the answer to QueueStatus and the events since. What
 * is beyond its bound is not on it, and counted.
 */
export class QueueBoard {
  private readonly lines = new Map<string, QueueLine>();
  private readonly room = new Room(mostEntries);
  private readonly waiting = new Map<string, Set<QueueLine>>();

  /** True when the event changed the board. */
  apply(server: string, name: string, fields: Fields, at: number): boolean {
    if (name === 'Hangup') {
      return this.hangUp(server, fields.Uniqueid ?? '');
    }
    if (name === 'AttendedTransfer') {
      return this.replace(server, fields.SecondTransfererUniqueid ?? '', fields.TransfereeUniqueid ?? '');
    }
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    const queue = fields.Queue ?? '';
    if (!step || queue === '') {
      return false;
    }
    const line = this.lineOf(server, queue);
    if (line) {
      step(line, fields, at);
    }
    return line !== null;
  }

  /** Entries that found no room. */
  get refused(): number {
    return this.room.refused;
  }

  /** Forgets a PBX that is not heard any more, or has started again: its board is not known. */
  forget(server: string): void {
    for (const [key, line] of this.lines) {
      if (line.server === server) {
        line.clear();
        this.lines.delete(key);
        this.room.leave();
      }
    }
  }

  /** Nothing is known any more. */
  clear(): void {
    [...new Set([...this.lines.values()].map(({ server }) => server))].forEach((server) => this.forget(server));
  }

  /** Every queue, in no order. */
  get standing(): QueueStanding[] {
    return [...this.lines.values()].map((line) => ({ server: line.server, queue: line.queue, ...line.standing }));
  }

  /** One row a queue, by server and name. */
  rows(now: number): QueueNow[] {
    return queuesAt(this.standing, now);
  }

  /** Who is logged in; `agentOf` gives the extension of a member's interface. */
  agents(agentOf: (memberInterface: string) => string): AgentNow[] {
    const found = new Map<string, AgentNow>();
    for (const { server, queue, members } of this.lines.values()) {
      for (const [memberInterface, state] of members) {
        if (state !== 'unavailable') {
          const agent = agentOf(memberInterface);
          const key = `${server}|${agent}`;
          const known = found.get(key) ?? { server, agent, queues: [], paused: true };
          found.set(key, known);
          known.queues.push(queue);
          known.paused &&= state === 'paused';
        }
      }
    }
    found.forEach((agent) => (agent.queues = [...new Set(agent.queues)].sort()));
    return [...found.values()];
  }

  /** Who waited for a caller, to consult, has put the caller in his own place. */
  private replace(server: string, uniqueId: string, by: string): boolean {
    const places = [...this.lines.values()].filter((line) => line.server === server && line.callers.has(uniqueId));
    for (const line of places) {
      const joined = line.callers.get(uniqueId)!;
      line.removeCaller(uniqueId);
      line.setCaller(by, joined);
    }
    return places.length > 0;
  }

  private hangUp(server: string, uniqueId: string): boolean {
    const lines = [...(this.waiting.get(channelKey(server, uniqueId)) ?? [])];
    lines.forEach((line) => line.removeCaller(uniqueId));
    return lines.length > 0;
  }

  /** Null where there is no room for another queue. */
  private lineOf(server: string, queue: string): QueueLine | null {
    const key = `${server}|${queue}`;
    const known = this.lines.get(key);
    if (known || !this.room.enter()) {
      return known ?? null;
    }
    const line = new QueueLine(server, queue, this.room, this.waiting);
    this.lines.set(key, line);
    return line;
  }
}

/** One row a queue, by server and name. @param now epoch milliseconds */
export function queuesAt(standing: readonly QueueStanding[], now: number): QueueNow[] {
  return standing
    .map(({ waitingSince, ...queue }) => ({
      ...queue,
      longestWait: waitingSince === null ? null : Math.max(0, Math.floor((now - waitingSince) / 1000)),
    }))
    .sort((a, b) => compareText(a.server, b.server) || compareText(a.queue, b.queue));
}
