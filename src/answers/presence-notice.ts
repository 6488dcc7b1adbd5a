import type { AnswerMeta } from './answer';
import type { UnheardAgents } from './present-groups';

/** What an answer says where agents have calls and no log-in times. */
export function presenceNotices(agents: UnheardAgents | null): NonNullable<AnswerMeta['notices']> {
  return agents === null || agents.unheard === 0
    ? []
    : [
        {
          severity: 'info',
          text:
            `Log-in times of ${agents.unheard} of ${agents.agents} agents who handled calls are not known for this range, so ` +
            'they have no logged-in, paused or idle time and no occupancy. They are heard of members of queues while amiws is ' +
            'connected (read class "agent"), or read from an imported queue_log.',
        },
      ];
}
