import { AgentPresence, longestStretch, type AgentStretch, type PresentAgent } from './agent-presence';
import type { QueueLogLine } from './queue-log-line';
import { pauseReasonOf } from './queue-member';

/** Who logged in and never out, or paused and never went on, is gone so long after the last line about him. */
const longestShift = 24 * 3_600_000;
/** Members that are remembered; of more, the one of whom nothing was read for longest is forgotten. */
const mostMembers = 5_000;

interface Member {
  agent: string;
  /** When the last line about him was written, epoch milliseconds. */
  seenAt: number;
  /** Queue to whether he is paused in it. */
  queues: Record<string, boolean>;
  /** Queues of which only a pause says that he is in them. */
  onlyPaused: string[];
  /** What he is paused for, the last pause at the end; left out by versions before. */
  reasons?: Array<[queue: string, reason: string]>;
}

/** What a reading that goes on after the last line must know of those before. */
export interface MembersState {
  /** Of the last line, epoch milliseconds. */
  at: number;
  members: Member[];
}

export interface QueueLogMembersOptions {
  server: string;
  /** Agent by a member's name or interface. */
  agentOf: (queue: string, member: string) => string;
  /** Seconds that the PBX's wall clock was ahead of UTC. */
  utcOffset: (at: number) => number;
}

/** Queue of those who log in to all of theirs at once (AgentLogin). */
const anyQueue = '';

type Step = (member: Member, queue: string, data: readonly string[]) => void;

const put = (member: Member, queue: string, isPaused: boolean, reason = ''): void => {
  member.queues[queue] = isPaused;
  forgetReason(member, queue);
  if (isPaused) {
    member.reasons!.push([queue, reason]);
  }
};
const forgetReason = (member: Member, queue: string): void => {
  member.reasons = (member.reasons ?? []).filter(([other]) => other !== queue);
};
const remove = (member: Member, queue: string): void => {
  delete member.queues[queue];
  forgetReason(member, queue);
  member.onlyPaused = member.onlyPaused.filter((other) => other !== queue);
};
const pause: Step = (member, queue, [reason]) => {
  if (!Object.hasOwn(member.queues, queue)) {
    member.onlyPaused.push(queue);
  }
  put(member, queue, true, pauseReasonOf(reason));
};
const unpause = (member: Member, queue: string): void => {
  if (member.onlyPaused.includes(queue)) {
    remove(member, queue);
  } else if (Object.hasOwn(member.queues, queue)) {
    put(member, queue, false);
  }
};
const clear: Step = (member) => {
  member.queues = {};
  member.onlyPaused = [];
  member.reasons = [];
};

/** What lines do to a member. Source: Asterisk app_queue.c, app_agent_pool.c (chan_agent.c before 12). */
const steps: Readonly<Record<string, Step>> = {
  ADDMEMBER: (member, queue, [state]) => {
    remove(member, queue);
    put(member, queue, state === 'PAUSED');
  },
  REMOVEMEMBER: remove,
  AGENTLOGIN: (member) => put(member, anyQueue, false),
  AGENTCALLBACKLOGIN: (member) => put(member, anyQueue, false),
  AGENTLOGOFF: clear,
  AGENTCALLBACKLOGOFF: clear,
  PAUSE: pause,
  UNPAUSE: unpause,
  PAUSEALL: (member, _, data) => {
    const queues = Object.keys(member.queues);
    (queues.length > 0 ? queues : [anyQueue]).forEach((queue) => pause(member, queue, data));
  },
  UNPAUSEALL: (member) => Object.keys(member.queues).forEach((queue) => unpause(member, queue)),
};

/**
 * Makes stretches of agents' presence from the lines of a queue_log, in their order: of members who log in and out, and of
 * pauses. Members of queues.conf, who never log in, are in no line but those of their pauses.
 */
export class QueueLogMembers {
  private readonly presence = new AgentPresence();
  private readonly members = new Map<string, Member>();
  private at = 0;
  /** Shifts and pauses that no line ended. */
  neverEnded = 0;

  /** @param known of a reading before this one */
  constructor(
    private readonly options: QueueLogMembersOptions,
    known: MembersState = { at: 0, members: [] }
  ) {
    this.at = known.at;
    known.members.forEach((member) => this.members.set(member.agent, structuredClone(member)));
    this.update(this.at, false);
  }

  get state(): MembersState {
    return { at: this.at, members: structuredClone([...this.members.values()]) };
  }

  /** A line that was written at an instant, epoch milliseconds; the stretches that ended. */
  add({ queue, agent: name, event, data }: QueueLogLine, at: number): AgentStretch[] {
    const ended = this.pass(Math.max(at, this.at));
    if (name === '' || name === 'NONE') {
      return ended;
    }
    const agent = this.options.agentOf(queue, name);
    const step = Object.hasOwn(steps, event) ? steps[event] : undefined;
    const known = this.members.get(agent);
    if (!step) {
      if (known) {
        known.seenAt = this.at;
      }
      return ended;
    }
    const member = known ?? { agent, seenAt: this.at, queues: {}, onlyPaused: [] };
    step(member, queue === 'NONE' ? anyQueue : queue, data);
    member.seenAt = this.at;
    this.members.delete(agent);
    if (Object.keys(member.queues).length > 0) {
      this.members.set(agent, member);
    }
    if (this.members.size > mostMembers) {
      this.members.delete(this.members.keys().next().value!);
    }
    return [...ended, ...this.update(this.at, false)];
  }

  /** Those that go on, as they are until the last line. */
  soFar(): AgentStretch[] {
    return this.update(this.at, true);
  }

  /** Time goes by: long shifts are cut as `AgentPresence` cuts them, and who is gone for long is no more. */
  private pass(to: number): AgentStretch[] {
    const ended: AgentStretch[] = [];
    while (this.members.size > 0 && this.at < to) {
      this.at = Math.min(to, (Math.floor(this.at / longestStretch) + 1) * longestStretch);
      for (const [agent, { seenAt }] of this.members) {
        if (this.at - seenAt > longestShift) {
          this.members.delete(agent);
          this.neverEnded++;
        }
      }
      ended.push(...this.update(this.at, false));
    }
    this.at = to;
    return ended;
  }

  private update(at: number, soFar: boolean): AgentStretch[] {
    return this.presence.update(this.agents, at, () => this.options.utcOffset(at), soFar);
  }

  private get agents(): PresentAgent[] {
    const { server } = this.options;
    return [...this.members.values()].map(({ agent, queues, reasons }): PresentAgent => {
      const paused = Object.values(queues).every((isPaused) => isPaused);
      return {
        server,
        agent,
        queues: Object.keys(queues)
          .filter((queue) => queue !== anyQueue)
          .sort(),
        paused,
        pauseReason: paused ? (reasons?.at(-1)?.[1] ?? '') : '',
        wrapUp: false,
      };
    });
  }
}
