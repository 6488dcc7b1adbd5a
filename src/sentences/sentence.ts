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

/** A list is shown with `, ` between its parts. */
export type SentenceValue = string | number | Sentence | ReadonlyArray<string | Sentence>;

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

/** A list of which the first are named, and how many more there are. */
export function listOf(items: ReadonlyArray<string | Sentence>, most: number): SentenceValue {
  return items.length <= most
    ? items
    : sentence('list.more', { named: items.slice(0, most), more: items.length - most });
}
