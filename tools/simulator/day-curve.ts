/** How many calls come in each hour of a day, beside an hour of the mean. */
const load = [
  0.05, 0.03, 0.02, 0.02, 0.03, 0.08, 0.2, 0.6, 1.5, 2.4, 2.8, 2.5, 1.7, 1.9, 2.4, 2.3, 2.0, 1.6, 1.0, 0.5, 0.3, 0.2,
  0.12, 0.08,
];
const mean = load.reduce((sum, value) => sum + value, 0) / load.length;

/** The hours of the simulated day, which pass `speed` times as fast as time. */
export class DayCurve {
  /** @param hourAtStart hour of the day, 0 up to 24, at the instant `start` (epoch milliseconds) */
  constructor(
    private readonly start: number,
    private readonly hourAtStart: number,
    private readonly speed: number
  ) {}

  /** 0 up to 24. */
  hourAt(instant: number): number {
    return (((this.hourAtStart + ((instant - this.start) / 3_600_000) * this.speed) % 24) + 24) % 24;
  }

  /** How busy it is: 1 on the average of a day. */
  loadAt(instant: number): number {
    return load[Math.floor(this.hourAt(instant))]! / mean;
  }

  /** The busiest of the day. */
  get peak(): number {
    return Math.max(...load) / mean;
  }
}
