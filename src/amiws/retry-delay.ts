const shortest = 1_000;
const longest = 60_000;

/**
 * Milliseconds to wait before the next try after `failures` (1 or more) in a row: doubling from 1 s to 60 s, with up to
 * half of it taken off at random (0 to 1), so that many clients do not come back in one wave.
 */
export function retryDelay(failures: number, random: number): number {
  const full = Math.min(longest, shortest * 2 ** Math.min(failures, 10));
  return Math.max(shortest, Math.round(full * (1 - random / 2)));
}
