import { SaidError } from '../sentences/said-error';
import { sentence } from '../sentences/sentence';

/** The store was closed before it answered. */
export class StoreClosedError extends SaidError {
  override name = 'StoreClosedError';

  constructor() {
    super([sentence('query.store-closed')]);
  }
}
