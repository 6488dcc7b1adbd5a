import { t, Trans } from '@grafana/i18n';
import { Field, FieldSet, Input } from '@grafana/ui';
import type { SecretSectionProps } from './config-section';
import { HeadersEditor } from './HeadersEditor';
import { PasswordSecret } from './PasswordSecret';

/** For a reverse proxy before amiws, which itself asks for nothing. */
export function AuthenticationSection({ settings, onChange, secrets }: SecretSectionProps) {
  return (
    <FieldSet label={t('config-editor.authentication.title', 'Authentication')}>
      <p>
        <Trans i18nKey="config-editor.authentication.intro">
          amiws accepts every connection. If a reverse proxy protects it, enter the credentials of the proxy.
        </Trans>
      </p>
      <Field
        label={t('config-editor.authentication.user', 'User')}
        description={t('config-editor.authentication.user-description', 'For basic authentication')}
      >
        <Input
          id="config-basic-auth-user"
          width={40}
          value={settings.basicAuthUser ?? ''}
          autoComplete="off"
          onChange={(event) => onChange({ basicAuthUser: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('config-editor.authentication.password', 'Password')}>
        <PasswordSecret id="config-basic-auth-password" name="basicAuthPassword" secrets={secrets} width={40} />
      </Field>
      <HeadersEditor
        names={settings.headerNames ?? []}
        onNames={(headerNames) => onChange({ headerNames })}
        secrets={secrets}
      />
    </FieldSet>
  );
}
