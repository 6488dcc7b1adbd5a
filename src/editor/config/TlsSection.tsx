import { t, Trans } from '@grafana/i18n';
import { Alert, Field, FieldSet, Switch } from '@grafana/ui';
import type { SecretSectionProps } from './config-section';
import { PemSecret } from './PemSecret';

export function TlsSection({ settings, onChange, secrets }: SecretSectionProps) {
  return (
    <FieldSet label={t('config-editor.tls.title', 'TLS')}>
      <Field
        label={t('config-editor.tls.authority', 'Certificate authority')}
        description={t(
          'config-editor.tls.authority-description',
          'PEM of the authority that signed the certificate of amiws or of the proxy before it; empty for the public ones'
        )}
      >
        <PemSecret id="config-tls-ca" name="tlsCACert" secrets={secrets} />
      </Field>
      <Field
        label={t('config-editor.tls.skip-verify', 'Accept any certificate')}
        description={t('config-editor.tls.skip-verify-description', 'Connect without checking who answers')}
      >
        <Switch
          id="config-tls-skip-verify"
          value={settings.tlsSkipVerify ?? false}
          onChange={(event) => onChange({ tlsSkipVerify: event.currentTarget.checked })}
        />
      </Field>
      {settings.tlsSkipVerify && (
        <Alert severity="warning" title={t('config-editor.tls.unchecked', 'The certificate of amiws is not checked')}>
          <Trans i18nKey="config-editor.tls.unchecked-risk">
            Anyone between Grafana and the PBX can read the calls and the password, and send false ones. Give the
            certificate authority above instead.
          </Trans>
        </Alert>
      )}
    </FieldSet>
  );
}
