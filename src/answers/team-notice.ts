import type { StatisticsPlan } from '../cdr/sum-facts';
import type { AnswerMeta } from './answer';

/** What there is to say of figures by team: none is set, or agents count in several. */
export function teamNotices({ groupBy, teams }: StatisticsPlan): NonNullable<AnswerMeta['notices']> {
  if (!groupBy.includes('team')) {
    return [];
  }
  const inSeveral = [...(teams?.values() ?? [])].filter((of) => of.length > 1).length;
  if (!teams || teams.size === 0) {
    const text = 'No agent is in a team. Add teams to the directory on the configuration page of the data source.';
    return [{ severity: 'warning', text }];
  }
  return inSeveral === 0
    ? []
    : [
        {
          severity: 'info',
          text:
            `${inSeveral} ${inSeveral === 1 ? 'agent is' : 'agents are'} in several teams and ${inSeveral === 1 ? 'counts' : 'count'} in each of them, ` +
            'so the teams together can be more than the total.',
        },
      ];
}
