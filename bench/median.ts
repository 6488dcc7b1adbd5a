/** Runs a task once to warm up, then `runs` times; gives the median of what it returns. */
export async function medianOf(runs: number, task: () => Promise<number> | number): Promise<number> {
  await task();
  const results: number[] = [];
  for (let run = 0; run < runs; run++) {
    results.push(await task());
  }
  return quantile(results, 0.5);
}

/** Milliseconds that a task takes. */
export async function millisecondsOf(task: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

const slow = 1_000;

/** Median milliseconds of a task once it is warm: of 7 runs, or of 3 where one takes a second. */
export async function medianMilliseconds(task: () => Promise<unknown>): Promise<number> {
  const first = await millisecondsOf(task);
  return medianOf(first > slow ? 3 : 7, () => millisecondsOf(task));
}

/** The value that a share of them, 0 to 1, does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]!;
}
