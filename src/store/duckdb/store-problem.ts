import { sentence, type Text } from '../../sentences/sentence';
import { messageOf } from '../../sentences/text-of-error';
import { ownWords, type StoreProblem } from '../store-problem';

/** What keeps a store from being opened or written. */
interface Problem {
  found: (text: string) => boolean;
  /** What was found and what to do, for everybody: names no folder and no file. */
  text: Text;
}

const locked: Problem = {
  found: (text) => /set lock on file|conflicting lock/i.test(text),
  text: [sentence('store.file.locked')],
};
const damaged: Problem = {
  found: (text) =>
    /not a valid DuckDB|could not read enough bytes|corrupt|checksum|serialization error|replaying WAL/i.test(text),
  text: [sentence('store.file.damaged')],
};
const problems: readonly Problem[] = [
  { found: (text) => /EMFILE|ENFILE|too many open files/i.test(text), text: [sentence('store.file.handles')] },
  {
    found: (text) =>
      /EACCES|EROFS|EPERM|permission denied|operation not permitted|read-only|in read only mode/i.test(text),
    text: [sentence('store.file.rights')],
  },
  { found: (text) => /EEXIST|ENOTDIR/i.test(text), text: [sentence('store.file.in-the-way')] },
  {
    found: (text) => /ENOSPC|EDQUOT|no space|disk quota/i.test(text),
    text: [sentence('store.file.full'), sentence('store.retried')],
  },
  locked,
  { found: (text) => /invalidated|FATAL/.test(text), text: [sentence('store.file.invalidated')] },
  damaged,
];

export function storeProblem(error: unknown): StoreProblem {
  const detail = messageOf(error);
  const found = withoutPaths(detail);
  return { text: problems.find((problem) => problem.found(found))?.text ?? [ownWords(found)], detail };
}

/** True for the errors of what was to be stored, which fails again each time, and not of the store. */
export function isOfData(error: unknown): boolean {
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  return isOurs || /^(Conversion|Invalid Input|Constraint|Out of Range|Invalid unicode)/i.test(messageOf(error));
}

/** True for the errors of a file that DuckDB can't make sense of. */
export function isDamage(text: string): boolean {
  return damaged.found(text);
}

/** True when another process has the file open. */
export function isLocked(text: string): boolean {
  return locked.found(text);
}

function withoutPaths(text: string): string {
  return text
    .replace(/^The store .*? can't be opened: /s, "The store can't be opened: ")
    .replace(/(["'])(?:[A-Za-z]:)?[\\/].*?\1/g, 'the file')
    .replace(/(?<![^\s(])(?:[A-Za-z]:)?(?:[\\/][^\\/\s"'`:]+){2,}/g, 'the file');
}
