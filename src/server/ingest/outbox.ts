/** How long to wait after a failed write, milliseconds. */
const retryMs = 2_000;
/** Writes that may wait: gaps, restarts and agents' times are few, some a minute. */
const capacity = 10_000;

type Write = () => Promise<void>;

/** Small writes in their order, each tried again until the store takes it. Past its bound the oldest go. */
export class Outbox {
  private waiting: Write[] = [];
  private timer: NodeJS.Timeout | null = null;
  private sending: Promise<boolean> | null = null;

  constructor(private readonly onDropped: (count: number) => void) {}

  put(write: Write): void {
    this.waiting.push(write);
    if (this.waiting.length > capacity) {
      this.waiting.shift();
      this.onDropped(1);
    }
    if (this.timer === null) {
      void this.flush();
    }
  }

  /** Writes what waits; true when all of it is stored, false when the store took none. */
  flush(): Promise<boolean> {
    this.sending ??= this.send().finally(() => (this.sending = null));
    return this.sending;
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.timer) {
      clearTimeout(this.timer);
    }
  }

  private async send(): Promise<boolean> {
    while (this.waiting.length > 0) {
      const write = this.waiting[0]!;
      try {
        await write();
      } catch {
        // Whoever writes has told of the failure.
        this.timer ??= setTimeout(() => {
          this.timer = null;
          void this.flush();
        }, retryMs);
        return false;
      }
      // Those past the bound may have gone meanwhile.
      this.waiting = this.waiting[0] === write ? this.waiting.slice(1) : this.waiting;
    }
    return true;
  }
}
