import { t, Trans } from '@grafana/i18n';
import { Alert, Field, Switch } from '@grafana/ui';
import type { SecretSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { PemSecret } from './PemSecret';
import { summaryText } from './summary-text';

export function TlsSection({ settings, onChange, secrets, readOnly }: SecretSectionProps) {
  const { tlsSkipVerify = false } = settings;
  return (
    <ConfigSection
      title={t('config-editor.tls.title', 'TLS')}
      description={t('config-editor.tls.intro', 'How the certificate of a wss:// address is checked.')}
      summary={summaryText(
        (secrets.isSaved('tlsCACert') || secrets.typed('tlsCACert') !== '') &&
          t('config-editor.tls.set-authority', 'Your own certificate authority'),
        tlsSkipVerify && t('config-editor.tls.set-unchecked', "Certificates aren't checked")
      )}
      needsAttention={tlsSkipVerify}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.tls.authority', 'Certificate authority')}
        description={t(
          'config-editor.tls.authority-description',
          'PEM of the authority that signed the certificate of amiws, or of the proxy in front of it. Leave empty for public authorities.'
        )}
      >
        <PemSecret id="config-tls-ca" name="tlsCACert" secrets={secrets} />
      </Field>
      <Field
        label={t('config-editor.tls.skip-verify', 'Accept any certificate')}
        description={t('config-editor.tls.skip-verify-description', 'Connect without checking the certificate.')}
      >
        <Switch
          id="config-tls-skip-verify"
          value={tlsSkipVerify}
          onChange={(event) => onChange({ tlsSkipVerify: event.currentTarget.checked })}
        />
      </Field>
      {tlsSkipVerify && (
        <Alert severity="warning" title={t('config-editor.tls.unchecked', "The certificate of amiws isn't checked")}>
          <Trans i18nKey="config-editor.tls.unchecked-risk">
            Anyone between Grafana and the PBX can read the calls and the password, and send false calls. Enter the
            certificate authority instead.
          </Trans>
        </Alert>
      )}
    </ConfigSection>
  );
}
