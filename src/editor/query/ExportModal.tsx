import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { Button, Modal, Stack } from '@grafana/ui';
import { useState } from 'react';
import { exportParameters, type ExportLayout, type SavedSelection } from '../../export/export-request';
import { questionTexts } from '../../datasource/question-texts';
import { questionOf } from '../../query/questions';
import { downloadByForm } from './download-by-form';
import type { ExportDataSource } from './export-data-source';
import type { ExportField } from './export-fields';
import { ExportCount } from './ExportCount';
import { ExportLayoutFields } from './ExportLayoutFields';
import { ExportProgressLine } from './ExportProgressLine';

interface Props {
  selection: SavedSelection;
  datasource: ExportDataSource;
  /** Columns that the file can have. */
  fields: readonly ExportField[];
  /** Zone of the dashboard as Grafana names it. */
  dashboardZone: string;
  onDismiss: () => void;
}

const firstLayout: ExportLayout = { format: 'csv', fields: [], dateFormat: 'iso', timeZone: 'pbx', header: true };

/** Asks how the file shall be written, lets the browser download it, and tells how far it is. */
export function ExportModal({ selection, datasource, fields, dashboardZone, onDismiss }: Props) {
  const [layout, setLayout] = useState(firstLayout);
  const [id, setId] = useState<string | null>(null);

  function download(): void {
    const next = randomId();
    const address = `${config.appSubUrl}/api/datasources/uid/${datasource.uid}/resources/export`;
    downloadByForm(address, exportParameters(selection, layout, next));
    setId(next);
  }

  return (
    <Modal
      isOpen
      title={t('export.title', 'Export: {{- question}}', {
        question: questionTexts(questionOf(selection.query)).label,
      })}
      onDismiss={onDismiss}
    >
      <Stack direction="column" gap={2}>
        <ExportCount selection={selection} datasource={datasource} dashboardZone={dashboardZone} />
        <ExportLayoutFields layout={layout} onChange={setLayout} fields={fields} dashboardZone={dashboardZone} />
        {id && <ExportProgressLine key={id} id={id} datasource={datasource} />}
      </Stack>
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onDismiss}>
          {t('export.close', 'Close')}
        </Button>
        <Button icon="download-alt" onClick={download}>
          {t('export.download', 'Download')}
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

/** `crypto.randomUUID` is missing where Grafana is reached by plain HTTP. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
