import { maxBands, maxSeconds } from '../../query/question-bounds';

/** Bounds of bands from a text such as `10, 20, 60`; empty from an empty one, null where it is something else. */
export function readBounds(text: string): number[] | null {
  const bounds = text.split(/[\s,;]+/).flatMap((part) => (part === '' ? [] : [Number(part)]));
  const isReadable = bounds.every(
    (bound, place) => Number.isInteger(bound) && bound > (bounds[place - 1] ?? 0) && bound <= maxSeconds
  );
  return isReadable && bounds.length <= maxBands ? bounds : null;
}
