/** What is wrong with a store and what to do, from the error that it gave. */
export interface StoreProblem {
  /** For the configuration page: names no folder, file, host or secret. */
  text: string;
  /** For the log: the error as it was. */
  detail: string;
}

export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
