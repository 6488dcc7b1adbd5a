import { CoreApp, FieldType, type DataFrame } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Text } from '@grafana/ui';

interface Props {
  app?: CoreApp;
  /** Frames of the query's answer. */
  frames: readonly DataFrame[];
}

/** Advice for a new panel: rows that have a time are drawn as a graph, which says nothing, unless a table shows them. */
export function TableHint({ app, frames }: Props) {
  const hasRows = frames.some(
    ({ meta, fields }) =>
      meta?.preferredVisualisationType === 'table' && fields.some(({ type }) => type === FieldType.time)
  );
  return app === CoreApp.PanelEditor && hasRows ? (
    <Text variant="bodySmall" color="secondary">
      {t('query-editor.table-hint', 'This query returns rows. To show them, select the visualization Table.')}
    </Text>
  ) : null;
}
