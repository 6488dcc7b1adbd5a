import { SaidError } from '../sentences/said-error';

/** An import that failed: says what was found, what was expected and what to try. */
export class ImportError extends SaidError {
  override name = 'ImportError';
}
