import { concatMap, pipe, tap, throttle, type OperatorFunction } from 'rxjs';

/** Frames of rows that may wait for a reader: ten seconds of them. */
const mostWaiting = 100;

/**
 * Sends one after another, however slow the reader. Of answers that each replace the one before, only the newest waits
 * meanwhile; the memory that a reader takes has a bound.
 */
export function sendNewest<T>(send: (value: T) => Promise<void>): OperatorFunction<T, void> {
  let sending: Promise<void> = Promise.resolve();
  return pipe(
    throttle(() => sending, { leading: true, trailing: true }),
    concatMap((value) => (sending = send(value)))
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
