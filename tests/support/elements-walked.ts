const walkers = ['includes', 'indexOf', 'some', 'slice', 'concat', 'sort'] as const;

/**
 * How many elements of arrays some work walks over when it copies them or looks for one: spread, `for of`, and the methods
 * above. A count, unlike a time, is the same on every machine.
 */
export function elementsWalked(work: () => unknown): number {
  let walked = 0;
  const counting = <A extends unknown[], R>(original: (this: unknown[], ...args: A) => R) =>
    function (this: unknown[], ...args: A): R {
      walked += this.length;
      return original.apply(this, args);
    };
  const spies = walkers.map((name) => {
    const original = Array.prototype[name] as (this: unknown[], ...args: unknown[]) => unknown;
    return jest.spyOn(Array.prototype, name).mockImplementation(counting(original) as never);
  });
  const iterator = Array.prototype[Symbol.iterator];
  Array.prototype[Symbol.iterator] = counting(iterator);
  try {
    work();
  } finally {
    Array.prototype[Symbol.iterator] = iterator;
    spies.forEach((spy) => spy.mockRestore());
  }
  return walked;
}
