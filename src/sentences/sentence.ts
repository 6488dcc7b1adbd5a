import type { sentences } from './sentences';

type Key = keyof typeof sentences;

/** Both forms of a sentence that counts have one id. */
export type SentenceId = Key extends infer K ? (K extends `${infer Id}_${'one' | 'other'}` ? Id : K) : never;

type Template<Id extends SentenceId> = Id extends Key
  ? (typeof sentences)[Id]
  : `${Id}_other` extends Key
    ? (typeof sentences)[`${Id}_other`]
    : never;

type Names<Text extends string> = Text extends `${string}{{- ${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;
type Numbers<Text extends string> = Text extends `${string}{{${infer Name}, number}}${infer Rest}`
  ? LastWord<Name> | Numbers<Rest>
  : never;
/** `{{- a}} of {{b` is what comes before `, number}}` where another value stands before. */
type LastWord<Text extends string> = Text extends `${string}{{${infer Rest}` ? LastWord<Rest> : Text;

/** What a sentence says of a call or an agent: a number, an id or another text that some people may not see. */
export interface Mention {
  /** Whose value it is, as columns are called. */
  field: string;
  text: string;
  /** The text with its name, such as `Alice Miller (1001)`; left out where it has none. */
  named?: string;
}

export type ListPart = string | Sentence | Mention;

/** A list is shown with `, ` between its parts. */
export type SentenceValue = ListPart | number | readonly ListPart[];

/** A sentence as its id and what is put into it: a page says it in the user's language, everybody else in English. */
export interface Sentence {
  id: SentenceId;
  values: Readonly<Record<string, SentenceValue>>;
}

/** Sentences one after the other. */
export type Text = readonly Sentence[];

type Values<Id extends SentenceId> = Readonly<
  Record<Names<Template<Id>>, SentenceValue> & Record<Numbers<Template<Id>>, number>
>;

/** A sentence with exactly the values that it needs. */
export function sentence<Id extends SentenceId>(
  id: Id,
  ...[values]: keyof Values<Id> extends never ? [] : [Values<Id>]
): Sentence {
  return { id, values: (values ?? {}) as Sentence['values'] };
}

/** What was said elsewhere, in no language of ours. */
export function verbatim(text: string): Sentence {
  return sentence('verbatim', { text });
}

/** The value of a field, which is masked and named as in its column. */
export function mention(field: string, text: string): Mention {
  return { field, text };
}

export function isMention(value: Sentence | Mention): value is Mention {
  return 'field' in value;
}

export function mentionText({ text, named }: Mention): string {
  return named ?? text;
}

/** A text in which other texts stand for those that it mentions. */
export function mapMentions(text: Text, map: (mention: Mention) => Mention): Text {
  const mapPart = (part: ListPart): ListPart =>
    typeof part === 'string' ? part : isMention(part) ? map(part) : mapSentence(part);
  const mapValue = (value: SentenceValue): SentenceValue =>
    typeof value === 'number' ? value : isList(value) ? value.map(mapPart) : mapPart(value);
  const mapSentence = ({ id, values }: Sentence): Sentence => ({
    id,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, mapValue(value)])),
  });
  return text.map(mapSentence);
}

export function isList(value: SentenceValue): value is readonly ListPart[] {
  return Array.isArray(value);
}

/** A list of which the first are named, and how many more there are. */
export function listOf(items: ReadonlyArray<string | Sentence>, most: number): SentenceValue {
  return items.length <= most
    ? items
    : sentence('list.more', { named: items.slice(0, most), more: items.length - most });
}
