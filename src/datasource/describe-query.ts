import { t } from '@grafana/i18n';
import { questionOf } from '../query/questions';
import type { SavedFilters, SavedQuery } from '../query/model';
import { conditionText } from './condition-text';
import { fieldTitle, type TitledField } from '../say/field-title';
import { metricTexts } from '../say/metric-texts';
import { valueText } from '../say/value-text';
import { questionTexts } from './question-texts';

/** A query in one line, as Explore's history lists it: `Answer rate, 1h (Queue: sales, support)`. */
export function describeQuery(query: SavedQuery): string {
  const id = questionOf(query);
  const what = id === 'custom' ? figures(query) : questionTexts(id).label;
  const width = query.interval ? `, ${query.interval}` : '';
  const filters = describeFilters(query.filters ?? {});
  return `${what}${width}${filters && ` (${filters})`}`;
}

function figures({ metrics: ids = ['totalCalls'], groupBy = [], top = 0 }: SavedQuery): string {
  const titles = ids.map((id) => metricTexts(id).title).join(', ');
  const groups = groupBy.map(fieldTitle).join(', ');
  if (groupBy.length === 0) {
    return titles;
  }
  return top > 0
    ? t('query.by-top', '{{- figures}} by {{- groups}}, top {{top, number}}', { figures: titles, groups, top })
    : t('query.by', '{{- figures}} by {{- groups}}', { figures: titles, groups });
}

function describeFilters({ custom, conditions = [], ...filters }: SavedFilters): string {
  const byLabel = Object.fromEntries(
    Object.entries(custom ?? {}).map(([label, values]) => [`custom.${label}`, values])
  );
  const plain = Object.entries({ ...filters, ...byLabel })
    .filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => {
      const texts = [value].flat().map((one) => valueText(name, String(one)));
      return `${fieldTitle(name as TitledField)}: ${texts.join(', ')}`;
    });
  return [...plain, ...conditions.map(conditionText)].join('; ');
}
