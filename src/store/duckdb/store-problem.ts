/** What is wrong with a store and what to do, from the error that it gave. */
export function storeProblem(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
  return [`${text}.`, advice(text)].filter((sentence) => sentence !== '').join(' ');
}

/** True for the errors of a file that DuckDB can't make sense of. */
export function isDamage(text: string): boolean {
  return /not a valid DuckDB|could not read enough bytes|corrupt|checksum|serialization error|replaying WAL/i.test(
    text
  );
}

/** True when another process has the file open. */
export function isLocked(text: string): boolean {
  return /set lock on file|conflicting lock/i.test(text);
}

function advice(text: string): string {
  if (/EACCES|EROFS|EPERM|permission denied|operation not permitted|read-only/i.test(text)) {
    return (
      'Let the user that runs Grafana write there, or set data_path in [plugin.amiws-cdr-datasource] of ' +
      "Grafana's configuration to a folder where it can."
    );
  }
  if (/ENOSPC|no space|disk quota/i.test(text)) {
    return 'Free some space on that disk; then it goes on by itself.';
  }
  if (isLocked(text)) {
    return 'Another process holds the file: end it, or give each Grafana a data_path of its own.';
  }
  if (isDamage(text)) {
    return (
      'The file is damaged: put a copy of it back, or move it and the .wal file beside it away; then it goes on by ' +
      'itself, in the latter case with a new store.'
    );
  }
  return '';
}
