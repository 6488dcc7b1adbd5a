import type { Logger } from './log';
import { PluginError } from './plugin';

/** What was thrown, as an error of a known side. Our own failure goes to the log, with its cause where it has one. */
export function asPluginError(thrown: unknown, log: Logger): PluginError {
  if (thrown instanceof PluginError) {
    if (thrown.source === 'plugin') {
      log.error('The plugin failed', { error: thrown.cause instanceof Error ? thrown.cause : thrown });
    }
    return thrown;
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.error('The plugin failed', { error });
  return new PluginError(error.message, 'plugin', 500, { cause: error });
}
