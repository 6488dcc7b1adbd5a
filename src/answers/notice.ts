import { english } from '../sentences/english';
import type { Text } from '../sentences/sentence';
import type { Answer } from './answer';

/** What an answer says besides its rows. */
export interface Notice {
  severity: 'info' | 'warning';
  text: Text;
}

/** Of one severity, a sentence after the other. */
export function notice(severity: Notice['severity'], ...text: Text): Notice {
  return { severity, text };
}

/** An answer that says some things besides: in English, and in sentences that a page says in its user's language. */
export function withNotices(answer: Answer, notices: readonly Notice[]): Answer {
  if (notices.length === 0) {
    return answer;
  }
  const { meta } = answer;
  const shown = notices.map(({ severity, text }) => ({ severity, text: english(text) }));
  const texts = notices.map(({ text }) => text);
  return {
    ...answer,
    meta: {
      ...meta,
      notices: [...(meta.notices ?? []), ...shown],
      custom: { ...meta.custom, texts: [...(meta.custom?.texts ?? []), ...texts] },
    },
  };
}
