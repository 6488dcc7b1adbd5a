import type { Logger } from '../../plugin-protocol/log';

const logMs = 60_000;

/** Counts what could not be read and logs it once a minute, with an example of each reason. */
export class BadInput {
  readonly counts: Record<string, number> = {};
  private readonly examples = new Map<string, string>();
  private readonly timer = setInterval(() => this.logExamples(), logMs);

  constructor(private readonly log: Logger) {
    this.timer.unref();
  }

  add(reason: string, example: string, count = 1): void {
    this.counts[reason] = (this.counts[reason] ?? 0) + count;
    this.examples.set(reason, example);
  }

  close(): void {
    this.logExamples();
    clearInterval(this.timer);
  }

  private logExamples(): void {
    for (const [reason, example] of this.examples) {
      this.log.warn('Input from amiws could not be read whole', { reason, count: this.counts[reason], example });
    }
    this.examples.clear();
  }
}
