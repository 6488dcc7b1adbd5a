const everyMs = 1_000;

/**
 * Calls `gone` once when the process that started this one has ended. Standard input cannot tell: Grafana gives none, so
 * it is at its end from the start.
 */
export function watchHost(gone: () => void): void {
  const host = process.ppid;
  const timer = setInterval(() => {
    // Windows keeps the old parent's id, elsewhere an orphan is given a new parent.
    if (process.ppid !== host || !isAlive(host)) {
      clearInterval(timer);
      gone();
    }
  }, everyMs);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
