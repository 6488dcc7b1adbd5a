import { sentence } from '../../sentences/sentence';
import { Refusal } from '../refusal';

/** How long a piece of a file may wait for its reader. Milliseconds. */
const longestMs = 120_000;

/** The same, but it fails when the reader stands still: an export that nobody reads must not keep its turn. */
export function unlessStalled<T>(send: (piece: T) => Promise<void>): (piece: T) => Promise<void> {
  return async (piece) => {
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_, reject) => {
      const why = sentence('export.stalled', { minutes: longestMs / 60_000 });
      timer = setTimeout(() => reject(new Refusal([why], 'downstream', 408)), longestMs);
    });
    try {
      await Promise.race([send(piece), stalled]);
    } finally {
      clearTimeout(timer);
    }
  };
}
