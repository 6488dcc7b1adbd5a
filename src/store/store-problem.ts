import { verbatim, type Sentence, type Text } from '../sentences/sentence';

/** What is wrong with a store and what to do, from the error that it gave. */
export interface StoreProblem {
  /** For the configuration page: names no folder, file, host or secret. */
  text: Text;
  /** For the log: the error as it was. */
  detail: string;
}

/** A message of the store itself, for which we have no advice. */
export function ownWords(message: string): Sentence {
  return verbatim(`${message.trim().replace(/\.$/, '')}.`);
}
