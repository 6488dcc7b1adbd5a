import type { DataFrame } from '@grafana/data';
import { rowColumns } from '../../answers/row-columns';
import type { PanelQuery } from '../../datasource/panel-query';
import { answerColumns } from '../../export/answer-columns';
import { nameColumns } from '../../export/name-columns';

/** A column that a file can have, as it is chosen. */
export interface ExportField {
  value: string;
  label: string;
}

/** The columns that the file of a query can have: those of records or calls, else those that the panel shows. */
export function exportFields(
  { queryType, refId }: PanelQuery,
  shown: readonly DataFrame[],
  customFields: readonly string[]
): ExportField[] {
  if (queryType === 'records' || queryType === 'calls') {
    return [
      ...rowColumns[queryType].map(({ name, title }) => ({ value: name as string, label: title })),
      ...customFields.map((label) => ({ value: `custom.${label}`, label })),
      ...nameColumns.map(({ name, title }) => ({ value: name, label: title })),
    ];
  }
  const own = shown.find((frame) => frame.refId === refId);
  return answerColumns(own?.fields ?? []).map(({ name, title }) => ({ value: name, label: title }));
}
