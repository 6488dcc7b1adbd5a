import { t } from '@grafana/i18n';
import { englishTemplate } from '../sentences/english';
import type { Sentence, SentenceValue, Text } from '../sentences/sentence';
import { fieldTitle, type TitledField } from './field-title';

/** A text of the server part in the user's language. */
export function sayText(text: Text): string {
  return text.map(saySentence).join(' ');
}

function saySentence(said: Sentence): string {
  const values = Object.fromEntries(Object.entries(said.values).map(([name, value]) => [name, sayValue(value, name)]));
  return t(`sentences.${said.id}`, englishTemplate(said), values);
}

/** Numbers stay numbers: the text says how they are written. What is called `fields` are fields, which have titles. */
function sayValue(value: SentenceValue, name: string): string | number {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'string') {
    return name === 'fields' ? fieldTitle(value as TitledField) : value;
  }
  return 'id' in value ? saySentence(value) : value.map((one) => sayValue(one, name)).join(', ');
}
