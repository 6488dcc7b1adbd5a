import { t, Trans } from '@grafana/i18n';
import { getBackendSrv } from '@grafana/runtime';
import { Field, LoadingPlaceholder, RadioButtonGroup, Stack, Text } from '@grafana/ui';
import { useState } from 'react';
import { setupParts, type PbxKind } from '../../setup/setup-lines';
import { ConfigSection } from './ConfigSection';
import { ConfirmedButton } from './ConfirmedButton';
import { SetupCheckLine } from './SetupCheckLine';
import { SetupStepLines } from './SetupStepLines';
import type { SetupState } from './use-setup-checks';

interface Props {
  uid: string;
  setup: SetupState;
}

/** What each PBX lacks, told from what is seen on the wire, with the lines to paste. */
export function SetupSection({ uid, setup: { checks, isAway } }: Props) {
  const [pbx, setPbx] = useState<PbxKind>('asterisk');
  const [isAllShown, setAllShown] = useState(false);
  const hasAmiws = checks?.some(({ id }) => id === 'amiws') ?? false;
  const common = hasAmiws ? 'amiws' : t('config-editor.setup.common', 'This data source');
  const servers = [...new Set(checks?.map(({ server }) => server))];
  const isOnlyPbx = servers.filter((server) => server !== '').length <= 1;
  return (
    <ConfigSection
      startsOpen
      title={t('config-editor.setup.label', 'Check list')}
      description={t('config-editor.setup.intro', 'What arrives from each PBX, and what is missing.')}
    >
      <Field
        label={t('config-editor.setup.pbx', 'Lines for')}
        description={t(
          'config-editor.setup.pbx-description',
          "FreePBX overwrites some files of Asterisk. The lines go into files that it doesn't change."
        )}
      >
        <RadioButtonGroup
          id="config-setup-pbx"
          aria-label={t('config-editor.setup.pbx', 'Lines for')}
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
      {servers.map((server) => {
        const ofServer = checks?.filter((check) => check.server === server) ?? [];
        const isDown = server !== '' && ofServer.some(({ id, state }) => id === 'pbx' && state === 'problem');
        return (
          <ConfigSection
            key={server}
            level={3}
            title={server || common}
            // Of many PBXes, those that lack something are what one looks for.
            startsOpen={isOnlyPbx || server === ''}
            needsAttention={ofServer.some(({ state }) => state === 'problem')}
            summary={t('config-editor.setup.summary', '{{ok, number}} of {{all, number}} checks passed', {
              ok: ofServer.filter(({ state }) => state === 'ok').length,
              all: ofServer.length,
            })}
          >
            <ul style={{ listStyle: 'none' }}>
              {ofServer.map((check) => (
                <SetupCheckLine key={check.id} check={check} pbx={pbx} />
              ))}
            </ul>
            {isDown && (
              <ConfirmedButton
                label={t('config-editor.setup.forget', 'Remove this PBX')}
                title={t('config-editor.setup.forget-title', 'Remove {{- server}}', { server })}
                body={t(
                  'config-editor.setup.forget-body',
                  'Its calls stay. The data source no longer reports that the PBX is missing, until the PBX sends events again.'
                )}
                confirmText={t('config-editor.setup.forget-confirm', 'Remove')}
                onConfirm={() => forgetServer(uid, server)}
              />
            )}
          </ConfigSection>
        );
      })}
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
    </ConfigSection>
  );
}

/** Grafana shows why, where that fails; the list refreshes by itself. */
function forgetServer(uid: string, server: string): void {
  getBackendSrv()
    .post(`/api/datasources/uid/${uid}/resources/forget-server`, { server })
    .catch(() => undefined);
}
