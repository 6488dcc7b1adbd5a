import { setTimeout as sleep } from 'node:timers/promises';
import type { CapturedFrame } from '../replay/parse-capture';

/** Sends the frames one after the other at the pace of their arrival, `speed` times as fast. */
export async function replayCapture(
  frames: readonly CapturedFrame[],
  speed: number,
  emit: (frames: ReadonlyArray<string | Uint8Array>) => void
): Promise<void> {
  const started = Date.now();
  const first = frames[0]?.at ?? 0;
  for (const { at, data } of frames) {
    const wait = started + (at - first) / speed - Date.now();
    if (wait > 0) {
      await sleep(wait);
    }
    emit([data]);
  }
}
