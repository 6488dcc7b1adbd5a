import { t } from '@grafana/i18n';
import { Alert } from '@grafana/ui';
import type { SettingsJson } from '../../datasource/panel-query';
import { sayText } from '../../say/say-text';
import type { SetupCheck } from '../../setup/setup-checks';
import { hasSource } from './has-source';
import { connectionChecks } from './use-checks-first';
import type { SetupState } from './use-setup-checks';

interface Props {
  settings: SettingsJson;
  setup: SetupState;
}

/** What to do so that calls arrive, for as long as nothing is connected. */
export function NextStep({ settings, setup: { checks, isAway } }: Props) {
  const failing = connectionChecks(checks ?? []);
  if (settings.mode === 'browser') {
    return hasSource(settings) ? null : (
      <Alert severity="info" title={t('config-editor.next.new', 'Connect to your PBX')}>
        {t('config-editor.next.new-browser', 'Enter the amiws address, then select Save & test.')}
      </Alert>
    );
  }
  if (isAway) {
    return (
      <Alert severity="warning" title={t('config-editor.next.away', "The server part of the plugin doesn't answer")}>
        {t('config-editor.next.away-advice', 'Select Save & test to see the reason.')}
      </Alert>
    );
  }
  if (failing.every(isUnset)) {
    return (
      <Alert severity="info" title={t('config-editor.next.new', 'Connect to your PBX')}>
        {t(
          'config-editor.next.new-server',
          'Choose what to listen to, enter where it is, and select Save & test. The check list has the lines to paste on the PBX.'
        )}
      </Alert>
    );
  }
  return (
    <Alert severity="warning" title={t('config-editor.next.failing', 'Not connected yet')}>
      <ul>
        {failing.map(({ id, server, found, advice }) => (
          <li key={`${id} ${server}`}>
            {server !== '' && `${server}: `}
            {sayText(found)} {sayText(advice)}
          </li>
        ))}
      </ul>
      {t('config-editor.next.failing-advice', 'After you change the settings, select Save & test.')}
    </Alert>
  );
}

/** Whether nothing was saved that could be connected to. */
function isUnset({ found }: SetupCheck): boolean {
  return found.some(({ id }) => id === 'setup.amiws.none' || id === 'setup.ami.none');
}
