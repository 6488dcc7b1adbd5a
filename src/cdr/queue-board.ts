import { agentStanding, type MemberNow } from './agent-standing';
import type { PresentAgent } from './agent-presence';
import { channelKey, QueueLine, type LineMember } from './queue-line';
import { memberFrom, talkEnded } from './queue-member';
import { placesTaken } from './place-taken';
import { Room } from './room';
import { callerFrom, type LineCaller, type WaitingCaller } from './waiting-caller';

/** A queue as it stands until the next event. */
export interface QueueStanding {
  server: string;
  queue: string;
  members: readonly LineMember[];
  /** The next one first. */
  callers: readonly LineCaller[];
}

type Fields = Readonly<Record<string, string>>;
/** @param wrapUp seconds of wrap-up that the queue gives to its members */
type Step = (line: QueueLine, fields: Fields, at: number, ahead: number, wrapUp: number) => void;

const interfaceOf = (fields: Fields): string =>
  fields.Interface || fields.Location || fields.Member || fields.MemberName || '';
const setMember: Step = (line, fields, at, ahead, wrapUp) =>
  line.setMember(interfaceOf(fields), (known) => memberFrom(fields, known, at, ahead, wrapUp));
const removeMember: Step = (line, fields) => line.removeMember(interfaceOf(fields));
const leave: Step = (line, fields) => line.removeCaller(fields.Uniqueid ?? '');

function setCaller(line: QueueLine, fields: Fields, since: number): void {
  line.setCaller({ ...callerFrom(fields), since }, Number(fields.Position) || undefined);
}

/** What each event does to the queue it names. */
const steps: Readonly<Record<string, Step>> = {
  // QueueParams opens the answer to QueueStatus: what follows is all there is.
  QueueParams: (line) => line.renew(),
  QueueMember: setMember,
  QueueEntry: (line, fields, at) => setCaller(line, fields, at - Number(fields.Wait || 0) * 1000),
  QueueCallerJoin: setCaller,
  QueueCallerLeave: leave,
  QueueCallerAbandon: leave,
  QueueMemberAdded: (line, ...event) => {
    removeMember(line, ...event);
    setMember(line, ...event);
  },
  QueueMemberStatus: setMember,
  QueueMemberPause: setMember,
  QueueMemberPaused: setMember,
  QueueMemberRemoved: removeMember,
  AgentComplete: (line, fields, at) => line.changeMember(interfaceOf(fields), (member) => talkEnded(member, at)),
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

  /** @param wrapUpOf seconds for which a queue keeps members from calls after each talk */
  constructor(private readonly wrapUpOf: (queue: string) => number = () => 0) {}

  /**
   * True when the event changed the board.
   *
   * @param at epoch milliseconds, by our clock
   * @param ahead milliseconds that the PBX's clock is ahead of ours
   */
  apply(server: string, name: string, fields: Fields, at: number, ahead = 0): boolean {
    if (name === 'Hangup' || name === 'BridgeEnter') {
      // Who waits is in no bridge: one who is taken out of the queue (AMI Bridge) leaves without another event.
      return this.waitsNoMore(server, fields.Uniqueid ?? '');
    }
    if (name === 'AttendedTransfer') {
      return placesTaken(fields)
        .map(({ uniqueId, by }) => this.replace(server, uniqueId, by))
        .includes(true);
    }
    if (name === 'NewCallerid') {
      return this.identify(server, callerFrom(fields));
    }
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    const queue = fields.Queue ?? '';
    if (!step || queue === '') {
      return false;
    }
    const line = this.lineOf(server, queue);
    if (line) {
      step(line, fields, at, ahead, this.wrapUpOf(queue));
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
    return [...this.lines.values()].map((line) => ({
      server: line.server,
      queue: line.queue,
      members: line.members,
      callers: line.line,
    }));
  }

  /** When the first of those who write up a talk is done with it; `Infinity` where nobody does. */
  restsUntil(now: number): number {
    const ends = [...this.lines.values()].map((line) => line.restsUntil(now));
    return ends.reduce((first, end) => Math.min(first, end), Infinity);
  }

  /** Who is logged in on each PBX; `agentOf` gives the extension of a member's interface. */
  agents(agentOf: (memberInterface: string) => string, now: number): PresentAgent[] {
    const members = membersOf(this.standing, agentOf);
    return [...Map.groupBy(members, ({ server, agent }) => `${server}|${agent}`).values()].flatMap((own) => {
      const { queues, isLoggedIn, pausedSince, pauseReason, restsUntil } = agentStanding(own, now);
      const { server, agent } = own[0]!;
      const [paused, wrapUp] = [pausedSince !== null, restsUntil !== null];
      return isLoggedIn ? [{ server, agent, queues, paused, pauseReason, wrapUp }] : [];
    });
  }

  /** Who waited for a caller, to consult, has put the caller in his own place. */
  private replace(server: string, uniqueId: string, by: ReturnType<typeof callerFrom>): boolean {
    const places = [...this.lines.values()].filter((line) => line.server === server && line.callers.has(uniqueId));
    places.forEach((line) => line.replaceCaller(uniqueId, by));
    return places.length > 0;
  }

  /** A caller who waits has another number or name now, as one whom a transfer puts behind a Local channel. */
  private identify(server: string, caller: ReturnType<typeof callerFrom>): boolean {
    const lines = [...(this.waiting.get(channelKey(server, caller.uniqueId)) ?? [])];
    lines.forEach((line) => line.replaceCaller(caller.uniqueId, caller));
    return lines.length > 0;
  }

  private waitsNoMore(server: string, uniqueId: string): boolean {
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

/** Everyone who waits in any queue. */
export function waitingIn(standing: readonly QueueStanding[]): WaitingCaller[] {
  return standing.flatMap(({ server, queue, callers }) =>
    callers.map(({ uniqueId, number, name, since }, index) => ({
      ...{ server, queue, position: index + 1, uniqueId, number, name: name === number ? '' : name, since },
    }))
  );
}

/** Every member of every queue, with the agent whose interface it is. */
export function membersOf(
  standing: readonly QueueStanding[],
  agentOf: (memberInterface: string) => string
): MemberNow[] {
  return standing.flatMap(({ server, queue, members }) =>
    members.map(({ interface: memberInterface, ...member }) => ({
      server,
      queue,
      agent: agentOf(memberInterface),
      ...member,
    }))
  );
}
