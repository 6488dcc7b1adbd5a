/**
 * Classes of errors that the data make: 22 data exception, 23 integrity constraint, 54 a limit such as the size of what is
 * in an index. Source: PostgreSQL, error codes.
 */
const ofData = /^(22|23|54)/;

/** True for the errors of what was to be written, which fails again each time, and not of the server or the network. */
export function isAtFault(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError) {
    return true;
  }
  return error instanceof Error && 'code' in error && ofData.test(String(error.code));
}
