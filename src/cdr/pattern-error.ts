/** A pattern that is no RE2 expression; the message names it and says what is wrong. */
export class PatternError extends Error {
  override name = 'PatternError';
}
