import type { CdrQuery } from '../query/model';
import type { AnswerMeta } from './answer';
import type { StatisticsDefaults } from './statistics-plan';

/** What there is to say of business hours that a question asks for: none are set, or some can't be read. */
export function hoursNotices(
  { groupBy, filters, queryType }: CdrQuery,
  { businessHours }: Pick<StatisticsDefaults, 'businessHours'>
): NonNullable<AnswerMeta['notices']> {
  const isGrouped = queryType === 'statistics' && groupBy.includes('businessHours');
  const isFiltered =
    filters.businessHours?.length || filters.conditions?.some(({ field }) => field === 'businessHours');
  if (!isGrouped && !isFiltered) {
    return [];
  }
  if (!businessHours?.hours) {
    const text = 'No business hours are set. Enter them on the configuration page of the data source.';
    return [{ severity: 'warning', text }];
  }
  const { unread } = businessHours;
  return unread.length === 0
    ? []
    : [
        {
          severity: 'warning',
          text:
            `${unread.length} of the business hours and holidays can't be read, such as "${unread[0]!.slice(0, 60)}". ` +
            'Correct them on the configuration page of the data source.',
        },
      ];
}
