import { daysOfWeek } from '../cdr/dimensions';
import { metrics } from '../cdr/metrics';
import { noTotals, type GroupSums } from '../cdr/sum-facts';
import type { CdrQuery } from '../query/model';
import type { Answer, AnswerField, AnswerMeta } from './answer';
import { metricConfig } from './metric-config';
import { mappingsOf } from './value-mappings';
import type { WholeSums } from './whole-sums';

const hours = [...Array(24).keys()];

/**
 * One figure by hour and weekday, as Grafana's heat map takes it (`heatmap-rows`: a number, then a field for each row) and a table shows it:
 * a row an hour, a column a weekday.
 * @param groups by hour of day and day of week
 */
export function weekHeatmap(query: CdrQuery, groups: readonly GroupSums[], whole: WholeSums, meta: AnswerMeta): Answer {
  const id = query.metrics[0]!;
  const found = new Map(groups.map((totals) => [totals.group.join(), totals]));
  const hour: AnswerField = {
    name: 'hourOfDay',
    type: 'number',
    nullable: false,
    config: {
      displayNameFromDS: 'Hour of day',
      mappings: mappingsOf(hours.map((hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`])),
    },
    values: hours,
  };
  const days = daysOfWeek.map((title, index): AnswerField => {
    return {
      name: title.toLowerCase(),
      type: 'number',
      config: { ...metricConfig(metrics[id]), displayNameFromDS: title },
      values: hours.map((hour) => {
        const group = [String(hour), String(index + 1)];
        const totals = found.get(group.join()) ?? noTotals();
        return metrics[id].value(totals, query.serviceLevelDefinition, () => whole({ start: null, group }));
      }),
    };
  });
  return {
    name: 'Statistics',
    meta: { ...meta, type: 'heatmap-rows', typeVersion: undefined, preferredVisualisationType: 'table' },
    fields: [hour, ...days],
  };
}
