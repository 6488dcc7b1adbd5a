/** FullyBooted is the first thing that a login brings, unless the PBX is still starting. Milliseconds. */
const patience = 30_000;

/**
 * Whether the login to a PBX has the read class `system`, which brings FullyBooted; null while it may still come. Times in
 * epoch milliseconds.
 *
 * @param connectedAt when it was logged in; null while it is not
 * @param bootedAt when FullyBooted came last; null where none came
 */
export function hasSystemClass(connectedAt: number | null, bootedAt: number | null, now: number): boolean | null {
  if (connectedAt === null) {
    return null;
  }
  if (bootedAt !== null && bootedAt >= connectedAt) {
    return true;
  }
  return now - connectedAt > patience ? false : null;
}
