/** Milliseconds of work after which others have their turn. */
const sliceMs = 8;
/** Items between two looks at the clock. */
const lookEvery = 32;

/** Resolves after what waits, frames of amiws and other questions, has had its turn. */
export function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
    } else {
      setTimeout(resolve, 0);
    }
  });
}

/** `map` that gives others their turn every some milliseconds: a hundred thousand rows take a second. */
export async function mapInTurns<T, R>(items: readonly T[], each: (item: T, index: number) => R): Promise<R[]> {
  const mapped = new Array<R>(items.length);
  let began = performance.now();
  for (let index = 0; index < items.length; index++) {
    mapped[index] = each(items[index]!, index);
    if (index % lookEvery === lookEvery - 1 && performance.now() - began > sliceMs) {
      await othersTurn();
      began = performance.now();
    }
  }
  return mapped;
}
