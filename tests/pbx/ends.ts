/** How to end what was started, the latest first, whatever fails to end. What is started while all ends, ends at once. */
export class Ends {
  private readonly ends: Array<() => unknown> = [];
  private isOver = false;

  add(end: () => unknown): void {
    if (this.isOver) {
      void end();
    } else {
      this.ends.push(end);
    }
  }

  async stop(): Promise<void> {
    this.isOver = true;
    const failures: unknown[] = [];
    for (const end of this.ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, failures.map(String).join('; '));
    }
  }
}
