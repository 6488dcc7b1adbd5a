import { messageOf, type StoreProblem } from '../store-problem';

/** What keeps a store from being opened or written. */
interface Problem {
  found: (text: string) => boolean;
  /** What was found and what to do, for everybody: names no folder and no file. */
  text: string;
}

const locked: Problem = {
  found: (text) => /set lock on file|conflicting lock/i.test(text),
  text: "Another process has the store's file open. End that process, or give each Grafana a data_path of its own.",
};
const damaged: Problem = {
  found: (text) =>
    /not a valid DuckDB|could not read enough bytes|corrupt|checksum|serialization error|replaying WAL/i.test(text),
  text:
    "The store's file is damaged; Grafana's log says which file that is. Put a copy of it back to keep the history, or " +
    'move it and the .wal file beside it away to begin a new store. It is opened again by itself.',
};
const problems: readonly Problem[] = [
  {
    found: (text) => /EMFILE|ENFILE|too many open files/i.test(text),
    text:
      'The process has too few file handles left for the store. Raise the limit of open files for Grafana ' +
      '(LimitNOFILE in its systemd unit, or ulimit -n).',
  },
  {
    found: (text) =>
      /EACCES|EROFS|EPERM|permission denied|operation not permitted|read-only|in read only mode/i.test(text),
    text:
      "The store's file or folder can't be written. Let the user that runs Grafana write there, or set data_path in " +
      "[plugin.amiws-cdr-datasource] of Grafana's configuration to a folder where it can.",
  },
  {
    found: (text) => /EEXIST|ENOTDIR/i.test(text),
    text:
      "A file is in the place of the store's folder. Remove it, or set data_path in [plugin.amiws-cdr-datasource] of " +
      "Grafana's configuration to a folder.",
  },
  {
    found: (text) => /ENOSPC|EDQUOT|no space|disk quota/i.test(text),
    text: "No space is left on the store's disk. Free some space there: what waits is then stored by itself.",
  },
  locked,
  {
    found: (text) => /invalidated|FATAL/.test(text),
    text: "The store's file was given up after an error and is opened again. Grafana's log says which error that was.",
  },
  damaged,
];

export function storeProblem(error: unknown): StoreProblem {
  const detail = messageOf(error);
  const text = withoutPaths(detail);
  return { text: problems.find(({ found }) => found(text))?.text ?? `${text.trim().replace(/\.$/, '')}.`, detail };
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
