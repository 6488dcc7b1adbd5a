import { t, Trans } from '@grafana/i18n';
import { Alert, Field, RadioButtonGroup } from '@grafana/ui';
import { isThisMachine } from '../../settings/database-host';
import type { TlsChoice } from '../../settings/store-settings';
import { PemSecret } from './PemSecret';
import type { StoreProps } from './store-props';

/** How a connection over the network is encrypted, and by what certificates both sides know each other. */
export function PostgresTls({ store, onChange, secrets }: StoreProps) {
  const { host = '', tls = 'verify' } = store;
  const labels: Readonly<Record<TlsChoice, string>> = {
    verify: t('config-editor.store.tls-verify', 'Verify certificate'),
    require: t('config-editor.store.tls-require', 'Encrypt only'),
    off: t('config-editor.store.tls-off', 'Off'),
  };
  return (
    <>
      <Field
        label="TLS"
        description={t(
          'config-editor.store.tls-description',
          'Verify certificate also checks that the certificate was issued for the host.'
        )}
      >
        <RadioButtonGroup
          id="config-store-tls"
          aria-label="TLS"
          options={(['verify', 'require', 'off'] as const).map((value) => ({ value, label: labels[value] }))}
          value={tls}
          onChange={(choice) => onChange({ tls: choice })}
        />
      </Field>
      {tls !== 'verify' && !isThisMachine(host.trim()) && <Risk tls={tls} />}
      {tls === 'verify' && (
        <Field
          label={t('config-editor.store.authority', 'PostgreSQL certificate authority')}
          description={t(
            'config-editor.store.authority-description',
            'PEM of the authority that signed the certificate of the server. Leave empty for public authorities.'
          )}
        >
          <PemSecret id="config-store-ca" name="storeCACert" secrets={secrets} />
        </Field>
      )}
      {tls !== 'off' && (
        <>
          <Field
            label={t('config-editor.store.certificate', 'Client certificate')}
            description={t(
              'config-editor.store.certificate-description',
              'PEM, if the server identifies the user by a certificate.'
            )}
          >
            <PemSecret id="config-store-certificate" name="storeClientCert" secrets={secrets} />
          </Field>
          <Field label={t('config-editor.store.key', 'Client key')}>
            <PemSecret
              id="config-store-key"
              name="storeClientKey"
              secrets={secrets}
              placeholder="-----BEGIN PRIVATE KEY-----"
            />
          </Field>
        </>
      )}
    </>
  );
}

function Risk({ tls }: { tls: Exclude<TlsChoice, 'verify'> }) {
  return tls === 'off' ? (
    <Alert severity="warning" title={t('config-editor.store.plain', "The connection isn't encrypted")}>
      <Trans i18nKey="config-editor.store.plain-risk">
        Anyone between Grafana and the server can read and change the calls. Turn off TLS only in a network that you
        trust.
      </Trans>
    </Alert>
  ) : (
    <Alert severity="warning" title={t('config-editor.store.unchecked', "The certificate of the server isn't checked")}>
      <Trans i18nKey="config-editor.store.unchecked-risk">
        Anyone between Grafana and the server can impersonate the server. Select Verify certificate and enter the
        certificate authority instead.
      </Trans>
    </Alert>
  );
}
