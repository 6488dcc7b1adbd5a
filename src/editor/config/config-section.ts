import type { SettingsJson } from '../../datasource/panel-query';
import type { Secrets } from './secrets';

/** What every section of the configuration page takes. */
export interface ConfigSectionProps {
  settings: SettingsJson;
  /** Settings to change; the others stay. */
  onChange: (changes: Partial<SettingsJson>) => void;
  /** True for a provisioned data source, which can only be looked at. */
  readOnly?: boolean;
}

export interface SecretSectionProps extends ConfigSectionProps {
  secrets: Secrets;
}
