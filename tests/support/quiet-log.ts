import type { Logger } from '../../src/plugin-protocol/log';

const quiet = (): void => undefined;

/** A log that nobody reads. */
export const quietLog: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => quietLog };
