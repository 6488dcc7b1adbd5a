/**
 * A stretch of time in which an agent was logged in, paused or not: a member of a queue whose phone can be reached.
 * Times in epoch milliseconds.
 */
export interface AgentStretch {
  server: string;
  agent: string;
  /** Queues that the agent was a member of. */
  queues: readonly string[];
  startTime: number;
  endTime: number;
  /** Paused in every queue. */
  paused: boolean;
  /** What the pause is for; empty where no reason was given. */
  pauseReason: string;
  /** Kept from calls by a queue, to write up a talk. */
  wrapUp: boolean;
  /** Seconds that the PBX's wall clock was ahead of UTC. */
  utcOffset: number;
}

/** The same for the same stretch. */
export function stretchKey({ server, agent, startTime }: AgentStretch): string {
  return `${server}|${agent}|${startTime}`;
}

/** An agent who is logged in. */
export type PresentAgent = Omit<AgentStretch, 'startTime' | 'endTime' | 'utcOffset'>;

type Open = PresentAgent & Pick<AgentStretch, 'startTime'>;

/** A long shift counts in the quarters of an hour in which it was. Milliseconds. */
export const longestStretch = 900_000;

/** Makes stretches from what the queue board shows over time. */
export class AgentPresence {
  private readonly open = new Map<string, Open>();

  /**
   * Compares the board with what was known; the stretches that ended. With `soFar`, also those that go on, as they are
   * until now: each takes the place of what was given of it before (`stretchKey`), so that a shift is kept as it goes.
   */
  update(
    agents: readonly PresentAgent[],
    now: number,
    offsetOf: (server: string) => number,
    soFar = false
  ): AgentStretch[] {
    const present = new Map(agents.map((agent) => [keyOf(agent), agent]));
    const found: AgentStretch[] = [];
    for (const [key, stretch] of this.open) {
      const agent = present.get(key);
      const isOver =
        !agent ||
        agent.paused !== stretch.paused ||
        agent.pauseReason !== stretch.pauseReason ||
        agent.wrapUp !== stretch.wrapUp ||
        !sameQueues(agent.queues, stretch.queues) ||
        Math.floor(now / longestStretch) > Math.floor(stretch.startTime / longestStretch);
      if (isOver) {
        this.open.delete(key);
      }
      if ((isOver || soFar) && now > stretch.startTime) {
        found.push({ ...stretch, endTime: now, utcOffset: offsetOf(stretch.server) });
      }
    }
    for (const [key, agent] of present) {
      if (!this.open.has(key)) {
        this.open.set(key, { ...agent, startTime: now });
      }
    }
    return found;
  }
}

function keyOf({ server, agent }: { server: string; agent: string }): string {
  return `${server}|${agent}`;
}

function sameQueues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((queue, index) => queue === b[index]);
}
