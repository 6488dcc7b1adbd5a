/** By then the newest calls are in memory. Milliseconds. */
const afterMs = 10_000;

/**
 * Frees, once, what only the start needed: code that ran a single time, and what calls were read from. V8 waits with it until
 * much more is allocated, which takes an idle plugin days. Not where Node runs without `--expose-gc`, as in development.
 */
export function dropGarbageOfStart(): void {
  setTimeout(() => void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' }), afterMs).unref();
}
