import { isCovered, joinSpans, withoutSpans, type Span } from '../cdr/spans';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Asterisk may write its records in batches, by default each 300 seconds: what it has not written by then it never will. */
export const writtenAfter = 10 * minute;
/** Records of a call that ended with the gap are written by then, where they are not written in batches. */
const settledAfter = 20 * second;
/** Gaps of a line that flaps are read together, once it is calm; where it never is, after so long. */
const longestFlapping = hour;
/** A flapping line's newest gaps are read not oftener. */
const earlyEvery = minute;
/** Stretches that are remembered as read; of more, what lies between near ones is read too. */
const mostRead = 500;

export interface DueStretches {
  /** Read now for the first time, and again when all is written. */
  early: Span[];
  /** Read for good: afterwards all of it is known to be. */
  late: Span[];
}

/**
 * What is to be read now of the gaps that have ended, each stretch once however many gaps it holds.
 *
 * @param read what was read for good
 * @param readEarly gaps that were read once
 * @param now epoch milliseconds
 */
export function dueStretches(
  gaps: readonly Span[],
  read: readonly Span[],
  readEarly: { spans: readonly Span[]; at: number },
  now: number
): DueStretches {
  const unread = gaps.filter((gap) => !isCovered(gap, read));
  const written = unread.filter(([, to]) => now - to >= writtenAfter);
  const young = unread.filter(([, to]) => now - to < writtenAfter);
  const isCalm = young.length === 0 || written.some(([, to]) => now - to >= longestFlapping);
  const fresh = young.filter((gap) => now - gap[1] >= settledAfter && !isCovered(gap, readEarly.spans));
  return {
    early: now - readEarly.at >= earlyEvery ? joinSpans(fresh, writtenAfter) : [],
    late: isCalm && written.length > 0 ? withoutSpans(joinFew([...read, ...written]), read) : [],
  };
}

/** Near spans as one, those further apart too where there would be too many. */
function joinFew(spans: readonly Span[]): Span[] {
  let near = writtenAfter;
  let joined = joinSpans(spans, near);
  while (joined.length > mostRead) {
    near *= 2;
    joined = joinSpans(joined, near);
  }
  return joined;
}
