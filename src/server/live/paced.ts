import { concatMap, pipe, tap, throttle, type OperatorFunction } from 'rxjs';

/** Frames of rows that may wait for a reader: ten seconds of them. */
const mostWaiting = 100;

/**
 * Does the work for one value at a time, however long it takes. Of the values that come meanwhile only the newest waits: work
 * whose outcome replaces the one before never queues.
 */
export function workOnNewest<T>(work: (value: T) => Promise<void>): OperatorFunction<T, void> {
  let working: Promise<void> = Promise.resolve();
  return pipe(
    throttle(() => working, { leading: true, trailing: true }),
    concatMap((value) => (working = work(value)))
  );
}

/**
 * Sends one after another, leaving none out.
 * @throws Error in the stream when too many wait: who subscribes again is sent what was missed from the store
 */
export function sendEach<T>(send: (value: T) => Promise<void>): OperatorFunction<T, void> {
  let waiting = 0;
  return pipe(
    tap(() => {
      if (++waiting > mostWaiting) {
        throw new Error(`Nobody read this live channel for ${mostWaiting} frames. Subscribe to it again.`);
      }
    }),
    concatMap(async (value) => {
      await send(value);
      waiting--;
    })
  );
}
