import type { CdrQuery } from '../query/model';
import { sentence } from '../sentences/sentence';
import { notice, type Notice } from './notice';
import type { StatisticsDefaults } from './statistics-plan';

/** What there is to say of business hours that a question asks for: none are set, or some can't be read. */
export function hoursNotices(
  { groupBy, filters, queryType }: CdrQuery,
  { businessHours }: Pick<StatisticsDefaults, 'businessHours'>
): Notice[] {
  const isGrouped = queryType === 'statistics' && groupBy.includes('businessHours');
  const isFiltered =
    filters.businessHours?.length || filters.conditions?.some(({ field }) => field === 'businessHours');
  if (!isGrouped && !isFiltered) {
    return [];
  }
  if (!businessHours?.hours) {
    return [notice('warning', sentence('notice.hours.none'))];
  }
  const { unread } = businessHours;
  return unread.length === 0
    ? []
    : [notice('warning', sentence('notice.hours.unread', { count: unread.length, example: unread[0]!.slice(0, 60) }))];
}
