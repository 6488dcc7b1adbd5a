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

/** A reader of rows takes nothing any more, and what waits for it has a bound. */
export class SlowReaderError extends Error {
  override name = 'SlowReaderError';
}

/**
 * Sends one after another, leaving none out.
 * @throws SlowReaderError in the stream when too many wait
 */
export function sendEach<T>(send: (value: T) => Promise<void>): OperatorFunction<T, void> {
  let waiting = 0;
  return pipe(
    tap(() => {
      if (++waiting > mostWaiting) {
        throw new SlowReaderError(`Nobody read this live channel for ${mostWaiting} frames. Subscribe to it again.`);
      }
    }),
    concatMap(async (value) => {
      await send(value);
      waiting--;
    })
  );
}
