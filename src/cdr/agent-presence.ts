import type { AgentNow } from './queue-board';

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
  /** Seconds that the PBX's wall clock was ahead of UTC. */
  utcOffset: number;
}

type Open = Omit<AgentStretch, 'endTime' | 'utcOffset'>;

/** Tells stretches from what the queue board shows over time. */
export class AgentPresence {
  private readonly open = new Map<string, Open>();

  /**
   * Compares the board with what was known; the stretches that ended. With `cut`, those that go on are cut here too, so
   * that a long shift is kept as it goes and counts where it was.
   */
  update(agents: readonly AgentNow[], now: number, offsetOf: (server: string) => number, cut = false): AgentStretch[] {
    const present = new Map(agents.map((agent) => [keyOf(agent), agent]));
    const ended: AgentStretch[] = [];
    for (const [key, stretch] of this.open) {
      const agent = present.get(key);
      if (cut || !agent || agent.paused !== stretch.paused || !sameQueues(agent.queues, stretch.queues)) {
        this.open.delete(key);
        if (now > stretch.startTime) {
          ended.push({ ...stretch, endTime: now, utcOffset: offsetOf(stretch.server) });
        }
      }
    }
    for (const [key, { server, agent, queues, paused }] of present) {
      if (!this.open.has(key)) {
        this.open.set(key, { server, agent, queues, paused, startTime: now });
      }
    }
    return ended;
  }
}

function keyOf({ server, agent }: { server: string; agent: string }): string {
  return `${server}|${agent}`;
}

function sameQueues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((queue, index) => queue === b[index]);
}
