import type { AnswerMeta } from '../../answers/answer';
import type { CdrQuery } from '../../query/model';

/**
 * What there is to say of days that are meant to be the dashboard's. Grafana's page puts its zone in; the query of a public dashboard
 * comes as it is saved.
 */
export function zoneNotices(saved: unknown, { queryType }: CdrQuery): NonNullable<AnswerMeta['notices']> {
  const isOfDays = queryType === 'statistics' || queryType === 'busiestHours';
  const text =
    'Days and hours are those of the PBX, because Grafana does not pass on the time zone of a public dashboard or an alert rule.';
  return isOfDays && (saved as { timeZone?: unknown }).timeZone === 'dashboard' ? [{ severity: 'info', text }] : [];
}
