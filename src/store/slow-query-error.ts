import { SaidError } from '../sentences/said-error';
import { sentence } from '../sentences/sentence';

/** A question that took longer than one may; it was stopped. */
export class SlowQueryError extends SaidError {
  override name = 'SlowQueryError';

  constructor(readonly limitMs: number) {
    super([sentence('query.slow', { seconds: limitMs / 1000 })]);
  }
}
