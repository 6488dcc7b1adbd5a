import { openHandles } from '../support/open-handles';

const everyMs = 10;

/** Looks how often processes have a file open, until it is asked for the most that was seen, or the tests end. */
export function watchHandles(file: string): { of: (pid: number) => void; most: () => number } {
  let most = 0;
  let watched: number | null = null;
  const timer = setInterval(() => {
    most = Math.max(most, watched === null ? 0 : openHandles(file, watched));
  }, everyMs).unref();
  return {
    of: (pid) => (watched = pid),
    most: () => {
      clearInterval(timer);
      return most;
    },
  };
}
