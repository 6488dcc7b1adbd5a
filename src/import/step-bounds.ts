import type { StepBounds } from './bounded-socket';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** From the connection's first byte until statements are taken. */
export const logIn: StepBounds = { to: 'log in', ms: 10_000, bytes: megabyte };
export const makeReadOnly: StepBounds = { to: 'set the session read-only', ms: 10_000, bytes: 64 * kilobyte };
export const logOut: StepBounds = { to: 'log out', ms: 500, bytes: 64 * kilobyte };
export const nameColumns: StepBounds = { to: 'name its columns', ms: 30_000, bytes: 2 * megabyte };
/** A table without an index on its time is read whole for each of these. */
export const countRows: StepBounds = { to: 'count rows', ms: 120_000, bytes: 64 * kilobyte };
export const readRows: StepBounds = { to: 'read rows', ms: 120_000, bytes: 64 * megabyte };
