import { t } from '@grafana/i18n';
import { Field, Input } from '@grafana/ui';
import type { SecretSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { HeadersEditor, isHeaderName } from './HeadersEditor';
import { PasswordSecret } from './PasswordSecret';
import { summaryText } from './summary-text';

/** For a reverse proxy before amiws, which itself asks for nothing. */
export function AuthenticationSection({ settings, onChange, secrets, readOnly }: SecretSectionProps) {
  const { basicAuthUser: user = '', headerNames = [] } = settings;
  const headers = headerNames.filter((name) => name !== '');
  return (
    <ConfigSection
      title={t('config-editor.authentication.title', 'Authentication')}
      description={t(
        'config-editor.authentication.intro',
        'amiws accepts every connection. If a reverse proxy protects it, enter the credentials of the proxy.'
      )}
      summary={summaryText(
        user !== '' && t('config-editor.authentication.set-user', 'User {{- user}}', { user }),
        headers.length > 0 &&
          t('config-editor.authentication.set-headers', 'Headers: {{- headers}}', { headers: headers.join(', ') })
      )}
      needsAttention={!headers.every(isHeaderName)}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.authentication.user', 'User')}
        description={t('config-editor.authentication.user-description', 'For basic authentication')}
      >
        <Input
          id="config-basic-auth-user"
          width={40}
          value={user}
          autoComplete="off"
          onChange={(event) => onChange({ basicAuthUser: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('config-editor.authentication.password', 'Password')}>
        <PasswordSecret id="config-basic-auth-password" name="basicAuthPassword" secrets={secrets} width={40} />
      </Field>
      <HeadersEditor names={headerNames} onNames={(names) => onChange({ headerNames: names })} secrets={secrets} />
    </ConfigSection>
  );
}
