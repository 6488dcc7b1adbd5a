import { AgentPresence, type AgentStretch } from '../src/cdr/agent-presence';
import { QueueBoard } from '../src/cdr/queue-board';
import { defaultRules } from '../tests/support/cdr-builders';
import type { SiteEvent } from './call-center';
import { stretchAtSite } from './site-names';

/** Tells from queue events how long agents were logged in, each site by itself. */
export class SitePresence {
  private readonly sites = new Map<number, { board: QueueBoard; presence: AgentPresence }>();

  take({ site, event: { server, name, fields, at } }: SiteEvent): void {
    const found = this.sites.get(site) ?? { board: new QueueBoard(), presence: new AgentPresence() };
    this.sites.set(site, found);
    found.board.apply(server, name, fields, at);
  }

  /** The stretches that have ended until an instant. */
  endedBy(now: number): AgentStretch[] {
    return [...this.sites].flatMap(([site, { board, presence }]) =>
      presence.update(board.agents(defaultRules.agent, now), now, () => 0).map((part) => stretchAtSite(site, part))
    );
  }
}
