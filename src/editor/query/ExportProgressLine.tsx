import { t } from '@grafana/i18n';
import { Alert, Stack, Text } from '@grafana/ui';
import type { ExportDataSource } from './export-data-source';
import { useExportProgress } from './use-export-progress';
import { sayText } from '../../say/say-text';

interface Props {
  id: string;
  datasource: ExportDataSource;
}

/** How far a download is, and how it ended. */
export function ExportProgressLine({ id, datasource }: Props) {
  const { state, done, total, ahead = 0, reason = [] } = useExportProgress(datasource, id);
  const rows = { done: done.toLocaleString(), total: total.toLocaleString() };
  switch (state) {
    case 'waiting':
      return <Text>{t('export.progress.waiting', 'Starting…')}</Text>;
    case 'queued':
      return (
        <Text>
          {t(
            'export.progress.queued',
            'Waiting for other exports: {{- ahead}} start before yours. The download starts automatically.',
            { ahead: ahead.toLocaleString() }
          )}
        </Text>
      );
    case 'running':
      return (
        <Stack direction="column" gap={0.5}>
          <progress
            aria-label={t('export.progress.label', 'Rows sent')}
            style={{ width: '100%' }}
            value={done}
            max={Math.max(total, 1)}
          />
          <Text>
            {t(
              'export.progress.running',
              '{{- done}} of {{- total}} rows. The download continues when you close this.',
              rows
            )}
          </Text>
        </Stack>
      );
    case 'done':
      return <Alert severity="success" title={t('export.progress.done', 'The file has all {{- total}} rows.', rows)} />;
    case 'failed':
      return (
        <Alert
          severity="error"
          title={t('export.progress.failed', 'The file is not complete: {{- done}} of {{- total}} rows.', rows)}
        >
          {sayText(reason)}
        </Alert>
      );
  }
}
