import { SaidError } from './said-error';
import { verbatim, type Text } from './sentence';

/** What an error says, for people: in sentences where it has some, else in the words of the program that it is from. */
export function textOfError(error: unknown): Text {
  if (error instanceof SaidError) {
    return error.text;
  }
  return [verbatim(messageOf(error))];
}

export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
