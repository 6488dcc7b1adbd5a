import { mapInTurns } from '../cdr/in-turns';
import type { Answer, AnswerField, SeriesGroup, TextOrigin } from './answer';
import { mappingsOf, textsOf, type ValueMappings } from './value-mappings';
import type { Mention } from '../sentences/sentence';
import { withMentions } from './with-mentions';
import { seriesField } from './series-field';

/**
 * Six digits or more, of any script, as people and PBXes write a number: with anything but letters between them, three of it
 * at most. What parts a list or encloses a part of a text is not within a number. Fewer digits are an extension, by which
 * agents are known.
 */
const number = /\+?\p{N}(?:[^\p{L}\p{N},;|&=<>"@\u2192\p{Cc}]{0,3}\p{N}){5,}/gu;

/**
 * A channel and the count of Asterisk's that it ends with: PJSIP/1001-0000002a, Local/1001@from-queue-0000002a;1. A dial
 * string names no count: it has a second slash, a @ behind, or a name that is a number in parts.
 */
const channel =
  /(?<=(?<![\p{L}\p{N}])\p{L}\w{1,15}\/)([^\s,;&|"<>()/]*)(-0000[0-9a-f]{4}(?:;[12])?)(?=$|[\s,;&|"<>()])/gu;
const numberInParts = /^[^\p{L}]*[^\p{L}\p{N}\u2022][^\p{L}]*$/u;

/** An id that Asterisk gave: `[systemname-]epochseconds.n`. */
const uniqueId = /^(.*-)?([1-4]\d{9}\.\d{1,9})$/s;

/** A text with all but the last digits of each number in it hidden, how many of them included: `••••1234`. */
export function maskNumbers(text: string, shown: number): string {
  if (!hasDigits(text)) {
    return text;
  }
  let masked = '';
  let end = 0;
  for (const found of text.includes('-0000') ? text.matchAll(channel) : []) {
    const [whole, name, count] = found;
    if (!numberInParts.test(name!)) {
      masked += hideDigits(text.slice(end, found.index) + name!, shown) + count!;
      end = found.index + whole.length;
    }
  }
  return masked + hideDigits(text.slice(end), shown);
}

/** Most texts hold no six digits, which is told sooner than what is within a number. */
function hasDigits(text: string): boolean {
  let digits = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    // Beyond ASCII there are more digits than these.
    if ((code >= 48 && code <= 57) || code > 127) {
      digits++;
    }
  }
  return digits >= 6;
}

function hideDigits(text: string, shown: number): string {
  return text.replace(number, (found) => {
    const digits = found.match(/\p{N}/gu)!;
    return `••••${digits.slice(digits.length - shown).join('')}`;
  });
}

/** True for a text that is masked: it holds a number. */
export function holdsNumber(text: string): boolean {
  return maskNumbers(text, 0) !== text;
}

/** True for the id of a call or a record that is not one of Asterisk's own and holds a number. */
export function idHoldsNumber(id: string): boolean {
  return maskText('callId', id, 0) !== id;
}

/** The text of a field as those may see it who may not see numbers; where it comes from decides, not how it is named. */
export function maskText(origin: TextOrigin, text: string, shown: number): string {
  return maskers[origin](text, shown);
}

const maskers: Record<TextOrigin, (text: string, shown: number) => string> = {
  system: (text) => text,
  // What they mention is masked, see `maskMention`.
  sentence: (text) => text,
  free: maskNumbers,
  callId: maskId,
  // What tells lines apart besides (the count and the second of a record) are numbers of our own.
  lineId: (text, shown) =>
    text
      .split('|')
      .map((part, place) =>
        place === 0 ? maskId(part, shown) : place < 3 && /^\d{1,10}$/.test(part) ? part : maskNumbers(part, shown)
      )
      .join('|'),
};

function maskId(text: string, shown: number): string {
  const known = uniqueId.exec(text);
  return known ? maskNumbers(known[1] ?? '', shown) + known[2]! : maskNumbers(text, shown);
}

/** A text such as `Alice Miller (1001)` of an id that is not masked: with a number before it, the id would seem the end of that. */
export function maskLabel(origin: TextOrigin, id: string, label: string, shown: number): string {
  const end = ` (${id})`;
  return label.endsWith(end)
    ? maskText(origin, label.slice(0, -end.length), shown) + end
    : maskText(origin, label, shown);
}

/** An answer for those who may not see numbers; `shown` are the last digits that stay. */
export async function maskAnswer(answer: Answer, shown: number): Promise<Answer> {
  const fields: AnswerField[] = [];
  for (const field of answer.fields) {
    fields.push(await maskField(field, shown));
  }
  return withMentions({ ...answer, fields }, (mention) => maskMention(mention, shown));
}

/** The name of what is masked would tell whose it is. */
function maskMention({ field, text, named }: Mention, shown: number): Mention {
  const origin = field === 'queue' ? 'system' : 'free';
  const masked = maskText(origin, text, shown);
  return named === undefined || masked !== text
    ? { field, text: masked }
    : { field, text, named: maskLabel(origin, text, named, shown) };
}

async function maskField(field: AnswerField, shown: number): Promise<AnswerField> {
  const { type, origin = 'free', origins = {}, series } = field;
  if (series) {
    const groups = series.groups.map((group) => maskGroup(group, shown));
    return seriesField({ ...field, series: { ...series, groups } });
  }
  if (type === 'time' || type === 'number' || type === 'boolean' || origin === 'system' || origin === 'sentence') {
    return field;
  }
  const values = await mapInTurns(field.values, (value) => maskValue(value, origin, origins, shown));
  const { mappings, ...config } = field.config;
  const named = mappings && maskMappings(mappings, origin, shown);
  return { ...field, values, config: named ? { ...config, mappings: named } : config };
}

/** The name of an id that is masked would tell whose it is. */
function maskGroup({ named, ...group }: SeriesGroup, shown: number): SeriesGroup {
  const text = maskText(group.origin, group.text, shown);
  return named === undefined || text !== group.text
    ? { ...group, text }
    : { ...group, text, named: maskLabel(group.origin, text, named, shown) };
}

function maskMappings(mappings: ValueMappings, origin: TextOrigin, shown: number): ValueMappings | undefined {
  const named = textsOf(mappings)
    .filter(([id]) => maskText(origin, id, shown) === id)
    .map(([id, text]) => [id, maskLabel(origin, id, text, shown)] as const);
  return mappingsOf(named);
}

type Value = AnswerField['values'][number];

function maskValue(value: Value, origin: TextOrigin, origins: Record<string, TextOrigin>, shown: number): Value {
  if (typeof value === 'string') {
    return maskText(origin, value, shown);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const texts = Object.entries(value as Record<string, string>);
  return Object.fromEntries(
    texts.map(([name, text]) => [name, maskText(Object.hasOwn(origins, name) ? origins[name]! : 'free', text, shown)])
  );
}
