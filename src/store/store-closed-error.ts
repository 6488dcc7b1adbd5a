/** The store was closed before it answered. */
export class StoreClosedError extends Error {
  override name = 'StoreClosedError';

  constructor() {
    super('The store was closed while it was read, as when settings change. Ask again.');
  }
}
