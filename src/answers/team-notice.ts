import type { StatisticsPlan } from '../cdr/sum-facts';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';

/** What there is to say of figures by team: none is set, or agents count in several. */
export function teamNotices({ groupBy, teams }: StatisticsPlan): Notice[] {
  if (!groupBy.includes('team')) {
    return [];
  }
  const inSeveral = [...(teams?.values() ?? [])].filter((of) => of.length > 1).length;
  if (!teams || teams.size === 0) {
    return [notice('warning', sentence('notice.team.none'))];
  }
  return inSeveral === 0 ? [] : [notice('info', sentence('notice.team.several', { count: inSeveral }))];
}
