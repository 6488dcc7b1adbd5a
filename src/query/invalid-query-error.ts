import { SaidError } from '../sentences/said-error';

/** A question that can't be answered as it stands; the text names the field, what was found and what is expected. */
export class InvalidQueryError extends SaidError {
  override name = 'InvalidQueryError';
}
