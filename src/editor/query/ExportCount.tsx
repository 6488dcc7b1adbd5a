import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Alert, Text } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { selectionParameters, type SavedSelection } from '../../export/export-request';
import { hasRange } from '../../query/has-range';
import type { ExportDataSource } from './export-data-source';
import { failureText } from '../../say/failure-text';

interface Props {
  selection: SavedSelection;
  datasource: ExportDataSource;
  dashboardZone: string;
}

/** How many rows the file will have, before it is asked for. */
export function ExportCount({ selection, datasource, dashboardZone }: Props) {
  const [found, setFound] = useState<{ total?: number; failure?: string }>({});

  useEffect(() => {
    let isStale = false;
    datasource
      .postForm<{ total: number }>('export-count', selectionParameters(selection), { showErrorAlert: false })
      .then(({ total }) => ({ total }))
      .catch((error: unknown) => ({ failure: failureText(error) }))
      .then((next) => {
        if (!isStale) {
          setFound(next);
        }
      });
    return () => {
      isStale = true;
    };
  }, [datasource, selection]);

  const { total, failure } = found;
  if (failure !== undefined) {
    return <Alert severity="error" title={failure} />;
  }
  const [from, to] = [selection.from, selection.to].map((time) => dateTimeFormat(time, { timeZone: dashboardZone }));
  const rows = total?.toLocaleString() ?? '…';
  return (
    <Text>
      {hasRange(selection.query)
        ? t('export.count', '{{- rows}} rows from {{- from}} to {{- to}}', { rows, from, to })
        : t('export.count-rows', '{{- rows}} rows', { rows })}
    </Text>
  );
}
