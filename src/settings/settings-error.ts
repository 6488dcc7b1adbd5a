/** Settings that can't be used; the message names the setting, what was found and what is expected. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}
