import type { CallRules } from './call-rules';
import type { QueueEvent } from './queue-event';
import { refused } from './queue-event-from-fields';

/** A queue's event of a ring may come a moment after the phone's own. Milliseconds. */
const slack = 1_000;

/** Calls that agents declined while their phones rang, as the hang-ups of these phones say. Times in epoch milliseconds. */
export class Refusals {
  private readonly times: ReadonlyMap<string, number>;
  private readonly byAgent: ReadonlyMap<string, readonly number[]>;

  constructor(events: readonly QueueEvent[], rules: Pick<CallRules, 'agent'>) {
    const found = events.filter(({ name, dialStatus }) => name === 'Hangup' && dialStatus === refused);
    this.times = new Map(found.map(({ memberChannel, at }) => [memberChannel, at]));
    const groups = Map.groupBy(found, ({ memberChannel }) => rules.agent(memberChannel));
    this.byAgent = new Map([...groups].map(([agent, own]) => [agent, own.map(({ at }) => at)]));
  }

  /** When the phone of a channel was declined at; null where it was not. */
  at(channel: string): number | null {
    return this.times.get(channel) ?? null;
  }

  /** Whether an agent declined during a ring, on a phone behind a Local channel too. */
  has(agent: string, from: number, to: number): boolean {
    return (this.byAgent.get(agent) ?? []).some((at) => at >= from && at <= to + slack);
  }
}
