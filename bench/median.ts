/** Runs a task once to warm up, then `runs` times; gives the median of what it returns. */
export async function medianOf(runs: number, task: () => Promise<number> | number): Promise<number> {
  await task();
  const results: number[] = [];
  for (let run = 0; run < runs; run++) {
    results.push(await task());
  }
  return results.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

/** Milliseconds that a task takes. */
export async function millisecondsOf(task: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}
