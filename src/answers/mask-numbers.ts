import type { Answer, AnswerField } from './answer';

/**
 * Six digits or more, as people and PBXes write a number: with spaces, dots, dashes and brackets between them. Fewer
 * digits are an extension, by which agents are known. A dash before eight hexadecimal digits ends a channel's name and
 * joins nothing; what it ends with (PJSIP/1001-0000002a, the first group here) is Asterisk's count and stays.
 */
const number =
  /(-0000[0-9a-f]{4}(?![0-9A-Za-z]))|\+?\p{Nd}(?:(?:[ ().]|-(?![0-9a-f]{8}(?![0-9A-Za-z]))){0,3}\p{Nd}){5,}/gu;

/** Fields that hold no number of a person. Every other text is masked, those of columns to come included. */
const plain: ReadonlySet<string> = new Set([
  'server',
  'linkedId',
  'uniqueId',
  'direction',
  'disposition',
  'outcome',
  'queue',
  'accountCode',
  'amaFlags',
  'lastApplication',
  'severity',
  'hourOfDay',
  'dayOfWeek',
  'state',
  // Of annotations, which tell of PBXes only.
  'title',
  'kind',
  'tags',
]);

/** A text with all but the last digits of each number in it hidden, how many of them included: `••••1234`. */
export function maskNumbers(text: string, shown: number): string {
  return text.replace(number, (found, count?: string) => {
    if (count !== undefined) {
      return count;
    }
    const digits = found.match(/\p{Nd}/gu)!;
    return `••••${digits.slice(digits.length - shown).join('')}`;
  });
}

/** True for a text that is masked: it holds a number. */
export function holdsNumber(text: string): boolean {
  return maskNumbers(text, 0) !== text;
}

/** An answer for those who may not see numbers; `shown` are the last digits that stay. */
export function maskAnswer(answer: Answer, shown: number): Answer {
  return { ...answer, fields: answer.fields.map((field) => maskField(field, shown)) };
}

function maskField(field: AnswerField, shown: number): AnswerField {
  const { name, type, labels } = field;
  if (labels) {
    return maskSeries(field, labels, shown);
  }
  return type === 'time' || type === 'number'
    ? field
    : { ...field, values: field.values.map((value) => maskValue(name, value, shown)) };
}

function maskValue(name: string, value: AnswerField['values'][number], shown: number): AnswerField['values'][number] {
  if (typeof value === 'string') {
    return maskText(name, value, shown);
  }
  return typeof value === 'object' && value !== null ? maskTexts(value as Record<string, string>, shown) : value;
}

/** A series carries its group in labels and in its name. */
function maskSeries(field: AnswerField, labels: Record<string, string>, shown: number): AnswerField {
  const masked = maskTexts(labels, shown);
  const displayNameFromDS = Object.keys(labels)
    .filter((name) => masked[name] !== labels[name])
    .reduce((title, name) => title.replaceAll(labels[name]!, masked[name]!), field.config.displayNameFromDS);
  return { ...field, labels: masked, config: { ...field.config, displayNameFromDS } };
}

function maskTexts(texts: Record<string, string>, shown: number): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, maskText(name, text, shown)]));
}

/** The text of one field, masked unless the field holds no number of a person. */
export function maskText(name: string, text: string, shown: number): string {
  if (plain.has(name)) {
    return text;
  }
  // The id of a log line: what stands before the first channel (PJSIP/…) tells lines apart and must stay.
  return name === 'id'
    ? text.replace(/(?<=^|\|)[^|]*\/.*$/s, (channels) => maskNumbers(channels, shown))
    : maskNumbers(text, shown);
}
