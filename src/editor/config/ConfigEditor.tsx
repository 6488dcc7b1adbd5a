import type { DataSourcePluginOptionsEditorProps } from '@grafana/data';
import type { SettingsJson } from '../../datasource/panel-query';

export function ConfigEditor(_props: DataSourcePluginOptionsEditorProps<SettingsJson>) {
  return null;
}
