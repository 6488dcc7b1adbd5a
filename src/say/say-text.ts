import { t } from '@grafana/i18n';
import { englishTemplate } from '../sentences/english';
import { isList, isMention, mentionText, type Sentence, type SentenceValue, type Text } from '../sentences/sentence';
import { fieldTitle, type TitledField } from './field-title';
import type { MetricId } from '../cdr/metrics';
import { metricTexts } from './metric-texts';
import { valueText } from './value-text';

/** A text of the server part in the user's language. */
export function sayText(text: Text): string {
  return text.map(saySentence).join(' ');
}

function saySentence(said: Sentence): string {
  const values = Object.fromEntries(Object.entries(said.values).map(([name, value]) => [name, sayValue(value, name)]));
  return t(`sentences.${said.id}`, englishTemplate(said), values);
}

/** What ids in values of these names are called; other texts are shown as they are. */
const titles: Readonly<Record<string, (id: string) => string>> = {
  fields: (id) => fieldTitle(id as TitledField),
  metric: (id) => metricTexts(id as MetricId).title,
  metrics: (id) => metricTexts(id as MetricId).title,
  outcome: (id) => valueText('outcome', id),
};

/** Numbers stay numbers: the text says how they are written. */
function sayValue(value: SentenceValue, name: string): string | number {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'string') {
    return titles[name]?.(value) ?? value;
  }
  if (isList(value)) {
    return value.map((one) => sayValue(one, name)).join(', ');
  }
  return isMention(value) ? mentionText(value) : saySentence(value);
}
