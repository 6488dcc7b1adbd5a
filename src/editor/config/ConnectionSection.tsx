import { t } from '@grafana/i18n';
import { Field, FieldSet, Input, RadioButtonGroup } from '@grafana/ui';
import { useState } from 'react';
import { listensToAmiws, type ConnectionChoice } from '../../settings/pbx-settings';
import { checkAmiwsUrl } from './check-amiws-url';
import type { ConfigSectionProps, SecretSectionProps } from './config-section';
import { PbxList } from './PbxList';

/** What is listened to, and where it is. A browser can reach amiws only. */
export function ConnectionSection(props: SecretSectionProps) {
  const { settings, onChange } = props;
  const isBrowserOnly = settings.mode === 'browser';
  const connection = isBrowserOnly ? 'amiws' : (settings.connection ?? 'amiws');
  const labels: Record<ConnectionChoice, string> = {
    ami: t('config-editor.connection.ami', 'Asterisk (AMI)'),
    amiws: t('config-editor.connection.amiws', 'amiws'),
    both: t('config-editor.connection.both', 'Both'),
  };
  return (
    <FieldSet label={t('config-editor.connection.title', 'Connection')}>
      {!isBrowserOnly && (
        <Field
          label={t('config-editor.connection.choice', 'Listen to')}
          description={t(
            'config-editor.connection.choice-description',
            'Asterisk itself needs only a user in manager.conf. amiws is a separate program that forwards its events'
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
      {connection !== 'amiws' && <PbxList {...props} />}
      {listensToAmiws({ connection }) && <AmiwsAddress settings={settings} onChange={onChange} />}
    </FieldSet>
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
          ? t('config-editor.connection.address-direct', 'Each browser connects to it')
          : t('config-editor.connection.address-description', "Grafana's server connects to it, not the browser")
      }
      required
      invalid={problem !== null}
      error={problem}
    >
      <Input
        id="config-amiws-url"
        width={60}
        value={settings.amiwsUrl ?? ''}
        placeholder="ws://pbx.example.com:8080"
        onChange={(event) => onChange({ amiwsUrl: event.currentTarget.value })}
        onBlur={() => setLeft(true)}
      />
    </Field>
  );
}
