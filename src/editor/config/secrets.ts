import type { DataSourceSettings } from '@grafana/data';
import type { CdrSecrets } from '../../settings/settings';
import type { SettingsJson } from '../../datasource/panel-query';

export type SecretName =
  | keyof CdrSecrets
  | `header${number}`
  | `pbxSecret${number}`
  | `pbxCACert${number}`
  | `importPassword${number}`
  | `importCACert${number}`;
export type SecretValues = Partial<Record<SecretName, string>>;
export type CdrSourceSettings = DataSourceSettings<SettingsJson, SecretValues>;

/** Secrets of the data source: they can be set and taken away, never read back. */
export interface Secrets {
  isSaved: (name: SecretName) => boolean;
  /** What was typed since the last save. */
  typed: (name: SecretName) => string;
  type: (name: SecretName, value: string) => void;
  clear: (name: SecretName) => void;
}

export function secretsOf(
  options: CdrSourceSettings,
  update: (change: (options: CdrSourceSettings) => CdrSourceSettings) => void
): Secrets {
  return {
    isSaved: (name) => options.secureJsonFields?.[name] === true,
    typed: (name) => options.secureJsonData?.[name] ?? '',
    type: (name, value) => update((latest) => withSecret(latest, name, value)),
    // Grafana keeps a saved secret that an update leaves out: only an empty one takes its place.
    clear: (name) =>
      update((latest) => ({
        ...withSecret(latest, name, ''),
        secureJsonFields: { ...latest.secureJsonFields, [name]: false },
      })),
  };
}

function withSecret(options: CdrSourceSettings, name: SecretName, value: string): CdrSourceSettings {
  return { ...options, secureJsonData: { ...options.secureJsonData, [name]: value } };
}
