/** What happens in one call or one agent's day: runs until it waits for so many seconds of simulated time. */
export type Script<Result = void> = Generator<number, Result, void>;

interface Waiting {
  at: number;
  order: number;
  script: Script;
}

/**
 * Runs scripts on a time of its own, in order of time and, at one instant, in the order they began to wait. Nothing
 * here looks at a clock: `runUntil` says how far to go.
 */
export class Timeline {
  private readonly waiting: Waiting[] = [];
  private count = 0;

  /**
   * @param now epoch milliseconds to begin at
   * @param speed simulated seconds in a second: at 60 a talk of a minute lasts a second
   */
  constructor(
    public now: number,
    readonly speed: number
  ) {}

  start(script: Script): void {
    const { done, value } = script.next();
    if (!done) {
      this.push({ at: this.now + (Math.max(0, value) * 1000) / this.speed, order: this.count++, script });
    }
  }

  runUntil(time: number): void {
    while (this.waiting.length > 0 && this.waiting[0]!.at <= time) {
      const next = this.pop();
      this.now = next.at;
      this.start(next.script);
    }
    this.now = Math.max(this.now, time);
  }

  /** Simulated seconds since an instant. */
  since(instant: number): number {
    return ((this.now - instant) / 1000) * this.speed;
  }

  // A binary heap: a day has some hundred thousand waits.
  private push(item: Waiting): void {
    const heap = this.waiting;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(heap[at]!, heap[parent]!)) {
        break;
      }
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  private pop(): Waiting {
    const heap = this.waiting;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    const heap = this.waiting;
    let at = 0;
    for (;;) {
      const child = [2 * at + 1, 2 * at + 2]
        .filter((i) => i < heap.length)
        .reduce((least, i) => (isBefore(heap[i]!, heap[least]!) ? i : least), at);
      if (child === at) {
        return;
      }
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
