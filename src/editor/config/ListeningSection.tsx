import { t, Trans } from '@grafana/i18n';
import { Alert, Button, Stack, Text } from '@grafana/ui';
import { ConfigSection } from './ConfigSection';
import { ConfirmedButton } from './ConfirmedButton';
import { summaryText } from './summary-text';
import { useListening, type ListeningInGrafana } from './use-listening';

/** What the server part has served in this organization: Grafana tells no plugin that a data source was deleted. */
export function ListeningSection({ uid }: { uid: string }) {
  const { list, problem, stop, deleteStored } = useListening(uid);
  if (list === null) {
    return null;
  }
  const gone = list.filter(({ isInGrafana }) => !isInGrafana).length;
  return (
    <ConfigSection
      title={t('config-editor.listening.label', 'Data sources with stored calls')}
      description={t(
        'config-editor.listening.description',
        'A data source that you delete in Grafana keeps listening until you stop it here, or until no request is made for it in 90 days.'
      )}
      summary={summaryText(
        gone === 1 && t('config-editor.listening.set-gone', '1 data source is deleted in Grafana'),
        gone > 1 &&
          t('config-editor.listening.set-all-gone', '{{gone, number}} data sources are deleted in Grafana', { gone })
      )}
      needsAttention={gone > 0}
    >
      {problem !== null && (
        <Alert severity="error" title={t('config-editor.listening.problem', 'The request failed')}>
          {problem}
        </Alert>
      )}
      <ul style={{ listStyle: 'none', margin: '8px 0 16px' }}>
        {list.map((one) => (
          <li key={one.uid} aria-label={one.name} style={{ marginBottom: 8 }}>
            <Stack alignItems="center" wrap="wrap">
              <Text>{one.name}</Text>
              <Text color="secondary">{one.uid}</Text>
              <Text color={one.isInGrafana ? 'secondary' : 'warning'}>{stateText(one)}</Text>
              {one.isListening && !one.isInGrafana && (
                <Button size="sm" variant="secondary" fill="outline" onClick={() => void stop(one.uid)}>
                  <Trans i18nKey="config-editor.listening.stop">Stop</Trans>
                </Button>
              )}
              <ConfirmedButton
                label={t('config-editor.listening.delete', 'Delete stored calls')}
                title={t('config-editor.listening.confirm-title', 'Delete calls of {{- name}}', { name: one.name })}
                body={whatGoes(one)}
                confirmText={t('config-editor.listening.confirm', 'Delete permanently')}
                onConfirm={() => void deleteStored(one.uid)}
              />
            </Stack>
          </li>
        ))}
      </ul>
    </ConfigSection>
  );
}

function whatGoes({ schema }: ListeningInGrafana): string {
  return schema === ''
    ? t(
        'config-editor.listening.confirm-body',
        "All calls stored for this data source are deleted and can't be restored. If it still exists in Grafana, it starts to listen again with the next request."
      )
    : t(
        'config-editor.listening.confirm-body-schema',
        "Files of this data source are deleted and can't be restored. Calls in PostgreSQL stay, since other Grafanas may share them: run DROP SCHEMA {{- schema}} CASCADE in the database to delete them.",
        { schema }
      );
}

function stateText({ isInGrafana, isListening }: ListeningInGrafana): string {
  if (isInGrafana) {
    return isListening
      ? t('config-editor.listening.on', 'Listens')
      : t('config-editor.listening.off', 'Does not listen');
  }
  return isListening
    ? t('config-editor.listening.gone-on', 'Deleted in Grafana, still listens')
    : t('config-editor.listening.gone-off', "Deleted in Grafana, doesn't listen");
}
