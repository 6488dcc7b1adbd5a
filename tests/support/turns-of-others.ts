/** How many turns others have had while some work was done. */
export async function turnsOfOthers(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns++;
    if (!isDone) {
      setImmediate(count);
    }
  };
  setImmediate(count);
  await work();
  isDone = true;
  return turns;
}
