/** A write that only the holder of the lease may do, by a process that does not hold it, or not any more. */
export class NotHolderError extends Error {
  constructor() {
    super('Another Grafana writes to this store now. What this one heard is compared with what is stored.');
    this.name = 'NotHolderError';
  }
}
