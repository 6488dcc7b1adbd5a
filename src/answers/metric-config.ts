import type { Metric } from '../cdr/metrics';
import type { AnswerField } from './answer';

/** How a panel shows the values of a figure. */
export function metricConfig({ title, unit, description }: Metric): AnswerField['config'] {
  return {
    displayNameFromDS: title,
    description,
    ...(unit === 'none' ? {} : { unit }),
    ...(unit === 's' || unit === 'percent' ? { decimals: 1 } : {}),
    ...(unit === 'percent' ? { min: 0, max: 100 } : {}),
  };
}
