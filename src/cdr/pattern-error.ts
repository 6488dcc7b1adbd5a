import { SaidError } from '../sentences/said-error';

/** A pattern that is no RE2 expression; the text names it and says what is wrong. */
export class PatternError extends SaidError {
  override name = 'PatternError';
}
