import { t, Trans } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { lastValueFrom } from 'rxjs';
import { sayText } from '../../say/say-text';
import { onlyGrows } from '../../settings/import-settings';
import type { ImportProgress } from '../../setup/import-progress';
import { ImportProblems } from './ImportProblems';
import { failureText } from '../../say/failure-text';

interface Props {
  uid: string;
  place: number;
  /** Null until it is known, and before the import was saved. */
  progress: ImportProgress | null;
}

/** Starts an import that was saved, and shows how it fares. */
export function ImportRun({ uid, place, progress }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const problem = refusal ?? (progress?.error ? sayText(progress.error) : null);

  async function start(): Promise<void> {
    const url = `/api/datasources/uid/${uid}/resources/import`;
    try {
      await lastValueFrom(
        getBackendSrv().fetch({ url, method: 'POST', data: { import: place }, showErrorAlert: false })
      );
      setRefusal(null);
    } catch (error) {
      setRefusal(failureText(error));
    }
  }

  return (
    <Stack direction="column">
      <Stack alignItems="center">
        <Button
          variant="secondary"
          icon="import"
          disabled={progress === null || progress.state === 'running'}
          tooltip={t('config-editor.import.start-tooltip', 'Save & test first')}
          onClick={() => void start()}
        >
          <Trans i18nKey="config-editor.import.start">Import history</Trans>
        </Button>
        {progress && (
          <Text color="secondary">
            <span role="status">{progressText(progress)}</span>
          </Text>
        )}
      </Stack>
      {progress && <ImportProblems problems={progress.problems} />}
      {problem !== null && (
        <Alert severity="warning" title={t('config-editor.import.problem', 'Import failed')}>
          {problem}
        </Alert>
      )}
    </Stack>
  );
}

function progressText({ state, done, total, added, gapsFilled, kind, type }: ImportProgress): string {
  if (state === 'running') {
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
    if (kind === 'queue_log') {
      return t('config-editor.import.running-queue-log', '{{- percent}} %, {{- added}} calls with new queue events', {
        percent,
        added: added.toLocaleString(),
      });
    }
    return t('config-editor.import.running', '{{- percent}} %, {{- added}} new records', {
      percent,
      added: added.toLocaleString(),
    });
  }
  if (state === 'done' && kind === 'queue_log') {
    return t(
      'config-editor.import.done-queue-log',
      'Imported: {{- added}} calls with new queue events, {{- gaps}} gaps filled since',
      { added: added.toLocaleString(), gaps: gapsFilled }
    );
  }
  if (state === 'done') {
    return t(
      'config-editor.import.done',
      'Imported: {{- added}} records that were not known, {{- gaps}} gaps filled since',
      {
        added: added.toLocaleString(),
        gaps: gapsFilled,
      }
    );
  }
  return onlyGrows({ kind, type })
    ? t('config-editor.import.idle-file', 'Not imported yet')
    : t('config-editor.import.idle', 'History not imported yet, {{- gaps}} gaps filled', { gaps: gapsFilled });
}
