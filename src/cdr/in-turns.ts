/** Milliseconds of work after which others have their turn. */
const sliceMs = 8;
/** Items between two looks at the clock. */
const lookEvery = 32;

/** When others had their last turn: many short tasks in a row are as long as one. */
let lastTurn = 0;

/** Resolves after what waits, frames of amiws and other questions, has had its turn. */
export async function othersTurn(): Promise<void> {
  await new Promise<void>((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
    } else {
      setTimeout(resolve, 0);
    }
  });
  lastTurn = performance.now();
}

/** `map` that gives others their turn every some milliseconds: a hundred thousand rows take a second. */
export async function mapInTurns<T, R>(items: readonly T[], each: (item: T, index: number) => R): Promise<R[]> {
  const mapped = new Array<R>(items.length);
  for (let index = 0; index < items.length; index++) {
    mapped[index] = each(items[index]!, index);
    if (index % lookEvery === lookEvery - 1 && performance.now() - lastTurn > sliceMs) {
      await othersTurn();
    }
  }
  return mapped;
}
