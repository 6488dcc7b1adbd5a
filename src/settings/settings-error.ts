import { SaidError } from '../sentences/said-error';

/** Settings that can't be used; the text names the setting, what was found and what is expected. */
export class SettingsError extends SaidError {
  override name = 'SettingsError';
}
