import type { Answer, AnswerField } from '../../answers/answer';
import type { CallId } from '../../cdr/call-parts';

/** A frame that says of calls that their rows are none of the answer any more, but for those sent after it. */
export function goneCalls(ids: readonly CallId[]): Answer {
  const field = (name: keyof CallId): AnswerField => ({
    name,
    type: 'string',
    // As in the rows that they name: masked, they must still be the same.
    origin: name === 'server' ? 'system' : 'callId',
    config: { displayNameFromDS: name },
    values: ids.map((id) => id[name]),
  });
  return { name: 'Gone', meta: { custom: { live: 'gone' } }, fields: [field('server'), field('linkedId')] };
}

/** Sent where subscribers have to ask for history, and for the channel of this moment, and leave this one. */
export const renewal: Answer = { name: 'Renew', meta: { custom: { live: 'renew' } }, fields: [] };
