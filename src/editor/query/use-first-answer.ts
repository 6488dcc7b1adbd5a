import { CoreApp, type QueryEditorProps } from '@grafana/data';
import { useEffect, useRef } from 'react';
import type { CdrDataSource } from '../../datasource/data-source';
import type { PanelQuery, SettingsJson } from '../../datasource/panel-query';

type Props = QueryEditorProps<CdrDataSource, PanelQuery, SettingsJson>;

/**
 * Asks once where the panel still shows the answer of another data source: Grafana asks nothing when somebody selects
 * another data source, and the graph of the one before would look like calls.
 */
export function useFirstAnswer({ app, data, datasource, onRunQuery }: Props): void {
  const shown = data?.request?.targets ?? [];
  const isOfOthers = shown.length > 0 && shown.every((target) => target.datasource?.uid !== datasource.uid);
  // Of the first drawing: Grafana makes the editor anew for each data source.
  const asks = useRef(app === CoreApp.PanelEditor && isOfOthers);
  useEffect(() => {
    if (asks.current) {
      asks.current = false;
      onRunQuery();
    }
  }, [onRunQuery]);
}
