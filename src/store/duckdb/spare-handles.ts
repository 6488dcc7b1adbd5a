import { closeSync, openSync } from 'node:fs';

/** File handles that opening and the first writes of a file take, with some for what else is opened meanwhile. */
const needed = 24;

/** A file that is there in any system, also in one without /dev. */
const anyFile = process.execPath;

/**
 * DuckDB ends the whole process where it gets no file handle while it opens a file, so that there must be some before.
 * @throws Error with the code EMFILE or ENFILE where there are too few
 */
export function checkSpareHandles(): void {
  const handles: number[] = [];
  try {
    while (handles.length < needed) {
      handles.push(openSync(anyFile, 'r'));
    }
  } finally {
    handles.forEach((handle) => closeSync(handle));
  }
}
