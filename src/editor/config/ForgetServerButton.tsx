import { t, Trans } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { ConfirmModal, Button } from '@grafana/ui';
import { useState } from 'react';

interface Props {
  uid: string;
  server: string;
}

/** Takes a PBX off the list that is no longer in service. Grafana shows why, where that fails. */
export function ForgetServerButton({ uid, server }: Props) {
  const [isAsked, setAsked] = useState(false);
  const forget = (): void => {
    setAsked(false);
    // The list is looked at again by itself.
    getBackendSrv()
      .post(`/api/datasources/uid/${uid}/resources/forget-server`, { server })
      .catch(() => undefined);
  };
  return (
    <>
      <Button size="sm" variant="secondary" fill="outline" icon="trash-alt" onClick={() => setAsked(true)}>
        <Trans i18nKey="config-editor.setup.forget">Remove this PBX</Trans>
      </Button>
      <ConfirmModal
        isOpen={isAsked}
        title={t('config-editor.setup.forget-title', 'Remove {{- server}}', { server })}
        body={t(
          'config-editor.setup.forget-body',
          'Its calls stay. From now on the data source no longer reports that it is missing, until it is heard again.'
        )}
        confirmText={t('config-editor.setup.forget-confirm', 'Remove')}
        onConfirm={forget}
        onDismiss={() => setAsked(false)}
      />
    </>
  );
}
