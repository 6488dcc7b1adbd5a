import { DataSourcePlugin } from '@grafana/data';
import { CdrDataSource } from './datasource/data-source';
import type { PanelQuery, SettingsJson } from './datasource/panel-query';
import { ConfigEditor } from './editor/config/ConfigEditor';
import { QueryEditor } from './editor/query/QueryEditor';

export const plugin = new DataSourcePlugin<CdrDataSource, PanelQuery, SettingsJson>(CdrDataSource)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor);
