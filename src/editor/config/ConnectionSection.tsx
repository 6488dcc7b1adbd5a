import { t } from '@grafana/i18n';
import { Field, Input, RadioButtonGroup } from '@grafana/ui';
import { useState } from 'react';
import { listensToAmiws, type ConnectionChoice } from '../../settings/pbx-settings';
import { checkAmiwsUrl } from './check-amiws-url';
import type { ConfigSectionProps, SecretSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { PbxList } from './PbxList';
import { summaryText } from './summary-text';

/** What is listened to, and where it is. A browser can reach amiws only. */
export function ConnectionSection(props: SecretSectionProps) {
  const { settings, onChange, readOnly } = props;
  const isBrowserOnly = settings.mode === 'browser';
  const connection = isBrowserOnly ? 'amiws' : (settings.connection ?? 'amiws');
  const usesAmiws = listensToAmiws({ connection });
  const usesPbxes = connection !== 'amiws';
  const labels: Record<ConnectionChoice, string> = {
    ami: t('config-editor.connection.ami', 'Asterisk (AMI)'),
    amiws: t('config-editor.connection.amiws', 'amiws'),
    both: t('config-editor.connection.both', 'Both'),
  };
  return (
    <ConfigSection
      startsOpen
      title={t('config-editor.connection.title', 'Connection')}
      summary={summaryText(
        usesAmiws && settings.amiwsUrl,
        ...(usesPbxes ? (settings.pbxes ?? []).map((pbx) => pbx?.server) : [])
      )}
      readOnly={readOnly}
    >
      {!isBrowserOnly && (
        <Field
          label={t('config-editor.connection.choice', 'Listen to')}
          description={t(
            'config-editor.connection.choice-description',
            'Asterisk needs only a user in manager.conf. amiws is a separate program that forwards the events of Asterisk.'
          )}
        >
          <RadioButtonGroup
            id="config-connection"
            aria-label={t('config-editor.connection.choice', 'Listen to')}
            options={(['ami', 'amiws', 'both'] as const).map((value) => ({ value, label: labels[value] }))}
            value={connection}
            onChange={(value) => onChange({ connection: value })}
          />
        </Field>
      )}
      {usesAmiws && <AmiwsAddress settings={settings} onChange={onChange} />}
      {usesPbxes && <PbxList {...props} />}
    </ConfigSection>
  );
}

/** Where amiws is. The address is told wrong only after the field was left, not while it is being written. */
function AmiwsAddress({ settings, onChange }: ConfigSectionProps) {
  const [left, setLeft] = useState(false);
  const problem = left ? checkAmiwsUrl(settings.amiwsUrl ?? '') : null;
  return (
    <Field
      label={t('config-editor.connection.address', 'amiws address')}
      description={
        settings.mode === 'browser' && settings.browserAccess === 'direct'
          ? t('config-editor.connection.address-direct', 'Each browser connects to this address.')
          : t(
              'config-editor.connection.address-description',
              'The Grafana server connects to this address, not the browser.'
            )
      }
      required
      invalid={problem !== null}
      error={problem}
    >
      <Input
        id="config-amiws-url"
        value={settings.amiwsUrl ?? ''}
        placeholder="ws://pbx.example.com:8080"
        onChange={(event) => onChange({ amiwsUrl: event.currentTarget.value })}
        onBlur={() => setLeft(true)}
      />
    </Field>
  );
}
