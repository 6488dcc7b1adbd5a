/** A question that took longer than one may; it was stopped. */
export class SlowQueryError extends Error {
  override name = 'SlowQueryError';

  constructor(readonly limitMs: number) {
    super(
      `The query took longer than ${limitMs / 1000} s and was stopped. Ask for a shorter range, fewer groups or a wider ` +
        'interval, or refresh less often where many panels ask at once.'
    );
  }
}
