import { t } from '@grafana/i18n';
import { Field, Input, Switch } from '@grafana/ui';
import { amiPorts, type SavedPbx } from '../../settings/pbx-settings';
import { NumberInput } from '../NumberInput';
import { Entry } from './Entry';
import { FieldGrid } from './FieldGrid';
import { PasswordSecret } from './PasswordSecret';
import { PemSecret } from './PemSecret';
import { RemoveButton } from './RemoveButton';
import type { Secrets } from './secrets';

interface Props {
  place: number;
  saved: SavedPbx;
  onChange: (changes: Partial<SavedPbx>) => void;
  onRemove: () => void;
  secrets: Secrets;
}

/** Where the AMI of one PBX is, and who logs in. */
export function PbxEditor({ place, saved, onChange, onRemove, secrets }: Props) {
  const number = place + 1;
  const text = (name: 'server' | 'host' | 'user', placeholder: string) => (
    <Input
      id={`config-pbx-${name}-${place}`}
      value={saved[name] ?? ''}
      placeholder={placeholder}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Entry
      title={t('config-editor.pbx.named', 'PBX {{- number}}', { number })}
      actions={
        <RemoveButton label={t('config-editor.pbx.remove', 'Remove PBX {{- number}}', { number })} onClick={onRemove} />
      }
    >
      <FieldGrid>
        <Field
          required
          label={t('config-editor.pbx.server', 'PBX name')}
          description={t(
            'config-editor.pbx.server-description',
            'Shown with its calls. To continue a history from amiws, enter the server_name in amiws.'
          )}
        >
          {text('server', 'pbx-east')}
        </Field>
        <Field required label={t('config-editor.pbx.host', 'AMI host')}>
          {text('host', 'pbx.example.com')}
        </Field>
        <Field label={t('config-editor.pbx.port', 'AMI port')}>
          <NumberInput
            id={`config-pbx-port-${place}`}
            min={1}
            max={65_535}
            fallback={saved.tls ? amiPorts.tls : amiPorts.plain}
            value={saved.port || undefined}
            onChange={(port) => onChange({ port })}
          />
        </Field>
        <Field
          required
          label={t('config-editor.pbx.user', 'AMI user')}
          description={t('config-editor.pbx.user-description', 'A section in manager.conf without write classes.')}
        >
          {text('user', 'grafana')}
        </Field>
        <Field label={t('config-editor.pbx.secret', 'AMI secret')}>
          <PasswordSecret id={`config-pbx-secret-${place}`} name={`pbxSecret${place}`} secrets={secrets} />
        </Field>
      </FieldGrid>
      <Field
        label={t('config-editor.pbx.tls', 'AMI over TLS')}
        description={t(
          'config-editor.pbx.tls-description',
          'Encrypts the connection and checks the certificate and its host name. Without TLS, everyone on the network path can read the calls. The secret is sent only as a hash.'
        )}
      >
        <Switch
          id={`config-pbx-tls-${place}`}
          value={saved.tls ?? false}
          onChange={(event) => onChange({ tls: event.currentTarget.checked })}
        />
      </Field>
      {saved.tls && (
        <Field
          label={t('config-editor.pbx.authority', 'AMI certificate authority')}
          description={t(
            'config-editor.pbx.authority-description',
            'PEM of the authority that signed the certificate of the PBX, or of a self-signed certificate. Leave empty for public authorities.'
          )}
        >
          <PemSecret id={`config-pbx-ca-${place}`} name={`pbxCACert${place}`} secrets={secrets} />
        </Field>
      )}
    </Entry>
  );
}
