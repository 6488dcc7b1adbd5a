import { english } from '../sentences/english';
import { verbatim, type Text } from '../sentences/sentence';

/** An import that failed: says what was found, what was expected and what to try. */
export class ImportError extends Error {
  readonly text: Text;

  constructor(text: Text, options?: ErrorOptions) {
    super(english(text), options);
    this.name = 'ImportError';
    this.text = text;
  }
}

/** What an error says, for people. */
export function textOfError(error: unknown): Text {
  return error instanceof ImportError ? error.text : [verbatim(error instanceof Error ? error.message : String(error))];
}
