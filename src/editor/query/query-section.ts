import type { PanelQuery } from '../../datasource/panel-query';

/** What every section of the query editor takes. */
export interface QuerySectionProps {
  query: PanelQuery;
  onChange: (query: PanelQuery) => void;
  onRunQuery: () => void;
}
