import { notice, type Notice } from '../../answers/notice';
import type { CdrQuery } from '../../query/model';
import { sentence } from '../../sentences/sentence';

/**
 * What there is to say of days that are meant to be the dashboard's. Grafana's page puts its zone in; the query of a public dashboard
 * comes as it is saved.
 */
export function zoneNotices(saved: unknown, { queryType }: CdrQuery): Notice[] {
  const isOfDays = queryType === 'statistics' || queryType === 'busiestHours';
  return isOfDays && (saved as { timeZone?: unknown }).timeZone === 'dashboard'
    ? [notice('info', sentence('notice.clock.pbx-days'))]
    : [];
}
