import { SaidError } from '../sentences/said-error';
import { sentence } from '../sentences/sentence';

/** A question that needs more memory than questions may have. */
export class HeavyQueryError extends SaidError {
  override name = 'HeavyQueryError';

  constructor(cause: unknown) {
    super([sentence('query.heavy')], { cause });
  }
}
