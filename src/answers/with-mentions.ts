import { english } from '../sentences/english';
import { mapMentions, type Mention } from '../sentences/sentence';
import type { Answer } from './answer';

/** An answer in whose notices and columns of sentences other texts stand for those that they mention. */
export function withMentions(answer: Answer, map: (mention: Mention) => Mention): Answer {
  const { meta, fields } = answer;
  const texts = meta.custom?.texts ?? [];
  if (texts.length === 0) {
    return answer;
  }
  const mapped = texts.map((text) => mapMentions(text, map));
  const others = new Map(texts.map((text, index) => [english(text), english(mapped[index]!)]));
  const otherOf = (text: string): string => others.get(text) ?? text;
  return {
    ...answer,
    meta: {
      ...meta,
      ...(meta.notices && { notices: meta.notices.map((notice) => ({ ...notice, text: otherOf(notice.text) })) }),
      custom: { ...meta.custom, texts: mapped },
    },
    fields: fields.map((field) =>
      field.origin === 'sentence' ? { ...field, values: (field.values as string[]).map(otherOf) } : field
    ),
  };
}
