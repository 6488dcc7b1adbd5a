import { t, Trans } from '@grafana/i18n';
import { Button, ConfirmModal } from '@grafana/ui';
import { useState } from 'react';

interface Props {
  /** Of the data source. */
  name: string;
  onConfirm: () => void;
}

/** Deletes what is stored of a data source, once that is confirmed. */
export function DeleteStoredButton({ name, onConfirm }: Props) {
  const [isAsked, setAsked] = useState(false);
  const confirm = (): void => {
    setAsked(false);
    onConfirm();
  };
  return (
    <>
      <Button size="sm" variant="secondary" fill="outline" icon="trash-alt" onClick={() => setAsked(true)}>
        <Trans i18nKey="config-editor.listening.delete">Delete stored calls</Trans>
      </Button>
      <ConfirmModal
        isOpen={isAsked}
        title={t('config-editor.listening.confirm-title', 'Delete the calls of {{- name}}', { name })}
        body={t(
          'config-editor.listening.confirm-body',
          'All calls stored for this data source are deleted and can’t be restored. If Grafana still has it, it starts to listen again at the next request.'
        )}
        confirmText={t('config-editor.listening.confirm', 'Delete for good')}
        onConfirm={confirm}
        onDismiss={() => setAsked(false)}
      />
    </>
  );
}
