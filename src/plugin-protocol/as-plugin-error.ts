import type { Logger } from './log';
import { PluginError } from './plugin';

/** What was thrown, as an error of a known side. Anything but a PluginError is our own failure and goes to the log. */
export function asPluginError(thrown: unknown, log: Logger): PluginError {
  if (thrown instanceof PluginError) {
    return thrown;
  }
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.error('The plugin failed', { error });
  return new PluginError(error.message, 'plugin', 500, { cause: error });
}
