import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again until what is found is right; what was found last after `seconds`, for the test to complain of. */
export async function eventually<T>(look: () => Promise<T>, isRight: (found: T) => boolean, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (isRight(found) || Date.now() > deadline) {
      return found;
    }
    await sleep(100);
  }
}
