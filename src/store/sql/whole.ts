export const largestInt = 2 ** 31 - 1;
/** Milliseconds of the farthest date of JavaScript. */
export const largestTime = 8.64e15;

/**
 * The nearest whole number that a column holds: what a PBX with a wild clock tells, such as a call of 8,000 years, must not
 * make the store refuse the batch that it came in.
 */
export function whole(value: number, largest: number): number {
  return Math.min(largest, Math.max(-largest, Math.round(value)));
}
