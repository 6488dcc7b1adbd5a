import type { CallParts } from '../../cdr/call-parts';

/** The parts of the calls used last, so that a call under way is not read again with each event. */
export class CallCache {
  private readonly calls = new Map<string, CallParts>();

  constructor(private readonly capacity: number) {}

  get(key: string): CallParts | undefined {
    return this.calls.get(key);
  }

  set(key: string, parts: CallParts): void {
    this.calls.delete(key);
    this.calls.set(key, parts);
    if (this.calls.size > this.capacity) {
      this.calls.delete(this.calls.keys().next().value!);
    }
  }

  clear(): void {
    this.calls.clear();
  }
}
