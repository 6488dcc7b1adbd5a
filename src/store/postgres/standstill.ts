/** It is looked so often. Milliseconds. */
const lookMs = 500;
/** A busy process is late by less. Milliseconds. */
const usualMs = 1_000;
/** What came while it stood still is read within this time. Milliseconds. */
const catchUpMs = 15_000;

/** Notices that this process stood still (SIGSTOP, a machine that sleeps): what it reads afterwards came earlier. */
export class Standstill {
  private lookedAt: number;
  private last = { length: 0, endedAt: -Infinity };
  private readonly timer = setInterval(() => this.look(), lookMs);

  /** @param steady milliseconds since whenever */
  constructor(private readonly steady: () => number = () => performance.now()) {
    this.lookedAt = steady();
    this.timer.unref();
  }

  /** How long it stood still a moment ago, milliseconds; 0 where it did not. */
  get length(): number {
    this.look();
    return this.steady() - this.last.endedAt < catchUpMs ? this.last.length : 0;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = this.steady();
    const late = now - this.lookedAt - lookMs;
    this.lookedAt = now;
    const isOver = now - this.last.endedAt >= catchUpMs;
    if (late > usualMs && (isOver || late > this.last.length)) {
      this.last = { length: late + lookMs, endedAt: now };
    }
  }
}
