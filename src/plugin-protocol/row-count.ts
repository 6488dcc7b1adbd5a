import type { Frame } from './frame';

/** The number of rows of a frame. Throws an error that names the fields if their lengths differ. */
export function rowCount(frame: Frame): number {
  const count = frame.fields[0]?.values.length ?? 0;
  if (frame.fields.some((field) => field.values.length !== count)) {
    const lengths = frame.fields.map((field) => `"${field.name}" has ${field.values.length}`).join(', ');
    throw new Error(
      `Fields of one frame need the same number of values, but of frame "${frame.name ?? ''}" ${lengths}`
    );
  }
  return count;
}
