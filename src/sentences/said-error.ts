import { english } from './english';
import type { Text } from './sentence';

/** An error in sentences: its message is English, a page says it in the user's language. */
export abstract class SaidError extends Error {
  constructor(
    readonly text: Text,
    options?: ErrorOptions
  ) {
    super(english(text), options);
  }
}
