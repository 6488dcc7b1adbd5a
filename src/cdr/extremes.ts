/** The smallest and the largest of numbers, null where there are none. `Math.min(...)` breaks on some hundred thousand. */
export function least(numbers: readonly number[]): number | null {
  return numbers.reduce<number | null>((found, number) => (found === null || number < found ? number : found), null);
}

export function most(numbers: readonly number[]): number | null {
  return numbers.reduce<number | null>((found, number) => (found === null || number > found ? number : found), null);
}
