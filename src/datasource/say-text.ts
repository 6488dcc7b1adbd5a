import { t } from '@grafana/i18n';
import { englishTemplate } from '../sentences/english';
import type { Sentence, SentenceValue, Text } from '../sentences/sentence';

/** A text of the server part in the user's language. */
export function sayText(text: Text): string {
  return text.map(saySentence).join(' ');
}

function saySentence(said: Sentence): string {
  const values = Object.fromEntries(Object.entries(said.values).map(([name, value]) => [name, sayValue(value)]));
  return t(`sentences.${said.id}`, englishTemplate(said), values);
}

/** Numbers stay numbers: the text says how they are written. */
function sayValue(value: SentenceValue): string | number {
  if (typeof value === 'string' || typeof value === 'number') {
    return value;
  }
  return 'id' in value ? saySentence(value) : value.map(sayValue).join(', ');
}
