/** Different numbers that one user may look for within an hour. */
const perHour = 60;
const hourMs = 3_600_000;

/**
 * Counts the numbers that users look for who may not see any: with the last digits shown, whoever may ask without end
 * finds the others by trying.
 */
export class NumberLookups {
  private readonly seen = new Map<string, Map<string, number>>();

  /**
   * Whether a user may look for these numbers now; if so they count.
   * @param now epoch milliseconds
   */
  take(user: string, numbers: readonly string[], now: number): boolean {
    const recent = new Map([...(this.seen.get(user) ?? [])].filter(([, at]) => at > now - hourMs));
    // Each time anew, so that a panel that refreshes goes on with its number.
    numbers.forEach((number) => recent.set(number, now));
    if (recent.size > perHour) {
      return false;
    }
    if (recent.size > 0) {
      this.seen.set(user, recent);
    }
    return true;
  }
}
