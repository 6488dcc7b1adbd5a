import { t } from '@grafana/i18n';
import { Field, FieldSet, Input } from '@grafana/ui';
import { useState } from 'react';
import { checkAmiwsUrl } from './check-amiws-url';
import type { ConfigSectionProps } from './config-section';

/** Where amiws is. The address is told wrong only after the field was left, not while it is being written. */
export function ConnectionSection({ settings, onChange }: ConfigSectionProps) {
  const [left, setLeft] = useState(false);
  const problem = left ? checkAmiwsUrl(settings.amiwsUrl ?? '') : null;
  return (
    <FieldSet label={t('config-editor.connection.title', 'Connection')}>
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
    </FieldSet>
  );
}
