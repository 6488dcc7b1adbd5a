/** How to end what was started, the latest first. What is started while all ends, ends at once. */
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
    for (const end of this.ends.splice(0).reverse()) {
      await end();
    }
  }
}
