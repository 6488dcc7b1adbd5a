/** A start of a PBX. */
export interface Restart {
  server: string;
  /** By the clock of the PBX, epoch milliseconds. */
  time: number;
}

/** Milliseconds by which two readings of the same start may differ: uptime comes in whole seconds. */
export const sameStartMs = 10_000;

/**
 * When a PBX started, in epoch milliseconds, from its `FullyBooted` event. Asterisk sends it at each login of a manager
 * too, with the seconds since the start as `Uptime`; null without it, since then it may be a login only.
 *
 * Source: Asterisk main/manager.c, `FullyBooted` (Uptime since 13).
 */
export function startOfPbx(fields: Readonly<Record<string, string>>, at: number): number | null {
  return /^\d+$/.test(fields.Uptime ?? '') ? at - Number(fields.Uptime) * 1000 : null;
}
