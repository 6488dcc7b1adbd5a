import type { PanelData, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { useState } from 'react';
import type { SavedSelection } from '../../export/export-request';
import type { PanelQuery } from '../../datasource/panel-query';
import { withTimeZone } from '../../datasource/prepare-query';
import type { ExportDataSource } from './export-data-source';
import { exportFields } from './export-fields';
import { ExportModal } from './ExportModal';

interface Props {
  query: PanelQuery;
  datasource: ExportDataSource;
  /** Range of the dashboard, which counts before the query was answered. */
  range: TimeRange | undefined;
  /** What the panel shows, of a range of its own where it has a relative time or a time shift. */
  data: PanelData | undefined;
  customFields: readonly string[];
}

/** Opens the export of all rows that the query matches, with the range and the variables of what the panel shows. */
export function ExportButton({ query, datasource, range, data, customFields }: Props) {
  const [selection, setSelection] = useState<SavedSelection | null>(null);
  const shown = data?.request?.range ?? range;

  function open(): void {
    if (shown) {
      const { scopedVars = {}, filters, intervalMs } = data?.request ? withTimeZone(data.request) : {};
      const put = datasource.applyTemplateVariables(query, scopedVars, filters);
      setSelection({ query: put, from: shown.from.valueOf(), to: shown.to.valueOf(), intervalMs });
    }
  }

  return (
    <>
      <Button variant="secondary" icon="download-alt" disabled={!shown} onClick={open}>
        {t('export.open', 'Export…')}
      </Button>
      {selection && (
        <ExportModal
          selection={selection}
          datasource={datasource}
          fields={exportFields(query, data?.series ?? [], customFields)}
          dashboardZone={data?.request?.timezone ?? ''}
          onDismiss={() => setSelection(null)}
        />
      )}
    </>
  );
}
