import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';
import type { UnheardAgents } from './present-groups';

/** What an answer says where agents have calls and no log-in times. */
export function presenceNotices(agents: UnheardAgents | null): Notice[] {
  return agents === null || agents.unheard === 0
    ? []
    : [notice('info', sentence('notice.presence.unheard', { unheard: agents.unheard, agents: agents.agents }))];
}
