import { t, Trans } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { Field, FieldSet, LoadingPlaceholder, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { setupParts, type PbxKind } from '../../setup/setup-lines';
import { ConfirmedButton } from './ConfirmedButton';
import { SetupCheckLine } from './SetupCheckLine';
import { SetupStepLines } from './SetupStepLines';
import { useSetupChecks } from './use-setup-checks';

/** What each PBX lacks, told from what is seen on the wire, with the lines to paste. */
export function SetupSection({ uid }: { uid: string }) {
  const { checks, isAway } = useSetupChecks(uid);
  const [pbx, setPbx] = useState<PbxKind>('asterisk');
  const [isAllShown, setAllShown] = useState(false);
  const isDown = (server: string): boolean =>
    server !== '' && checks?.find(({ id, server: of }) => id === 'pbx' && of === server)?.state === 'problem';
  const hasAmiws = checks?.some(({ id }) => id === 'amiws') ?? false;
  const common = hasAmiws ? 'amiws' : t('config-editor.setup.common', 'This data source');
  const servers = [...new Set(checks?.map(({ server }) => server))];
  return (
    <FieldSet label={t('config-editor.setup.label', 'Check list')}>
      <Field
        label={t('config-editor.setup.pbx', 'Lines for')}
        description={t(
          'config-editor.setup.pbx-description',
          'FreePBX writes some files of Asterisk itself; the lines go into files that it does not change'
        )}
      >
        <RadioButtonGroup
          options={[
            { value: 'asterisk', label: 'Asterisk' },
            { value: 'freepbx', label: 'FreePBX' },
          ]}
          value={pbx}
          onChange={setPbx}
        />
      </Field>
      {isAway && (
        <Text element="p" color="secondary">
          <Trans i18nKey="config-editor.setup.away">
            The server part of the plugin does not answer. Select Save & test to see the reason. This list refreshes
            every 5 seconds.
          </Trans>
        </Text>
      )}
      {checks === null && !isAway && (
        <LoadingPlaceholder text={t('config-editor.setup.loading', 'Checking what the PBX sends…')} />
      )}
      {servers.map((server) => (
        <section key={server} aria-label={server || common}>
          <Text element="h5">{server || common}</Text>
          <ul style={{ listStyle: 'none', margin: '8px 0 16px' }}>
            {checks
              ?.filter((check) => check.server === server)
              .map((check) => (
                <SetupCheckLine key={check.id} check={check} pbx={pbx} />
              ))}
          </ul>
          {isDown(server) && (
            <ConfirmedButton
              label={t('config-editor.setup.forget', 'Remove this PBX')}
              title={t('config-editor.setup.forget-title', 'Remove {{- server}}', { server })}
              body={t(
                'config-editor.setup.forget-body',
                'Its calls stay. From now on the data source no longer reports that it is missing, until it is heard again.'
              )}
              confirmText={t('config-editor.setup.forget-confirm', 'Remove')}
              onConfirm={() => forgetServer(uid, server)}
            />
          )}
        </section>
      ))}
      <details onToggle={(event) => setAllShown(event.currentTarget.open)}>
        <summary>
          <Trans i18nKey="config-editor.setup.all-lines">All lines that a new PBX and amiws need</Trans>
        </summary>
        {isAllShown && (
          <Stack direction="column" gap={2}>
            {setupParts.map((part) => (
              <SetupStepLines key={part} part={part} pbx={pbx} />
            ))}
          </Stack>
        )}
      </details>
    </FieldSet>
  );
}

/** Grafana shows why, where that fails; the list is looked at again by itself. */
function forgetServer(uid: string, server: string): void {
  getBackendSrv()
    .post(`/api/datasources/uid/${uid}/resources/forget-server`, { server })
    .catch(() => undefined);
}
