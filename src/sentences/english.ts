import { isList, isMention, mentionText, type Sentence, type SentenceValue, type Text } from './sentence';
import { sentences } from './sentences';

const numbers = new Intl.NumberFormat('en-US');

/** A text in English, for logs, alert rules and pages that know no other language. */
export function english(text: Text): string {
  return text.map(englishSentence).join(' ');
}

function englishSentence(said: Sentence): string {
  return englishTemplate(said).replace(/\{\{-?\s*(\w+)(?:, number)?\}\}/g, (_, name: string) =>
    englishValue(said.values[name] ?? '')
  );
}

/** The English of a sentence before its values are put in; its id where this version has no such sentence. */
export function englishTemplate({ id, values }: Sentence): string {
  const known: Readonly<Record<string, string>> = sentences;
  return known[id] ?? known[`${id}_${values.count === 1 ? 'one' : 'other'}`] ?? id;
}

function englishValue(value: SentenceValue): string {
  if (typeof value === 'number') {
    return numbers.format(value);
  }
  if (typeof value === 'string') {
    return value;
  }
  if (isList(value)) {
    return value.map(englishValue).join(', ');
  }
  return isMention(value) ? mentionText(value) : englishSentence(value);
}
