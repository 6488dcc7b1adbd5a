import { t } from '@grafana/i18n';
import { metrics, type MetricId } from '../cdr/metrics';

/** What a figure is called and how it is counted, for people. Columns of answers have the English title. */
export function metricTexts(id: MetricId): { title: string; description: string } {
  // A saved query may name a figure that this version does not have.
  const { title, description } = metrics[id] ?? { title: id, description: '' };
  return {
    title: t(`metrics.${id}.title`, title),
    description: t(`metrics.${id}.description`, description),
  };
}
