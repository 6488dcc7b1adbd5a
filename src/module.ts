import { DataSourcePlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';
import pluginJson from '../plugin.json';
import { CdrDataSource } from './datasource/data-source';
import type { PanelQuery, SettingsJson } from './datasource/panel-query';
import { LazyConfigEditor } from './editor/config/LazyConfigEditor';
import { QueryEditor } from './editor/query/QueryEditor';
import { CdrVariableSupport } from './editor/variable/cdr-variable-support';

// Grafana has loaded the texts of its user's language by now (plugin.json, languages); no text is asked for before.
await initPluginTranslations(pluginJson.id);

/** The data source with the editor of its variables, which the data source itself knows nothing of. */
class EditableDataSource extends CdrDataSource {
  override variables: CdrVariableSupport = new CdrVariableSupport(this);
}

export const plugin = new DataSourcePlugin<CdrDataSource, PanelQuery, SettingsJson>(EditableDataSource)
  .setConfigEditor(LazyConfigEditor)
  .setQueryEditor(QueryEditor);
