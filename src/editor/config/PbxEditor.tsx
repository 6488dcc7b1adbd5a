import { t } from '@grafana/i18n';
import { IconButton, InlineField, InlineSwitch, Input, Stack } from '@grafana/ui';
import { amiPorts, type SavedPbx } from '../../settings/pbx-settings';
import { NumberInput } from '../NumberInput';
import { PasswordSecret } from './PasswordSecret';
import { PemSecret } from './PemSecret';
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
  const text = (name: 'server' | 'host' | 'user', placeholder: string) => (
    <Input
      id={`config-pbx-${name}-${place}`}
      width={25}
      value={saved[name] ?? ''}
      placeholder={placeholder}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Stack wrap="wrap" alignItems="flex-start">
        <InlineField
          label={t('config-editor.pbx.server', 'PBX name')}
          tooltip={t(
            'config-editor.pbx.server-tooltip',
            'The PBX name of its calls. To continue the history of a PBX that amiws sent before, enter its server_name in amiws'
          )}
        >
          {text('server', 'pbx-east')}
        </InlineField>
        <InlineField label={t('config-editor.pbx.host', 'AMI host')}>{text('host', 'pbx.example.com')}</InlineField>
        <InlineField label={t('config-editor.pbx.port', 'AMI port')}>
          <NumberInput
            id={`config-pbx-port-${place}`}
            min={1}
            max={65_535}
            width={12}
            placeholder={String(saved.tls ? amiPorts.tls : amiPorts.plain)}
            value={saved.port || undefined}
            onChange={(port) => onChange({ port })}
          />
        </InlineField>
        <InlineField
          label={t('config-editor.pbx.tls', 'AMI over TLS')}
          tooltip={t(
            'config-editor.pbx.tls-tooltip',
            'Encrypt, and check the certificate and the host in it. Without it, everyone on the way can read the calls; the secret is sent only as a hash'
          )}
        >
          <InlineSwitch
            id={`config-pbx-tls-${place}`}
            value={saved.tls ?? false}
            onChange={(event) => onChange({ tls: event.currentTarget.checked })}
          />
        </InlineField>
        <IconButton
          name="trash-alt"
          size="lg"
          aria-label={t('config-editor.pbx.remove', 'Remove PBX {{- number}}', { number: place + 1 })}
          onClick={onRemove}
        />
      </Stack>
      <Stack wrap="wrap">
        <InlineField
          label={t('config-editor.pbx.user', 'AMI user')}
          tooltip={t('config-editor.pbx.user-tooltip', 'Its section in manager.conf, with no write class')}
        >
          {text('user', 'grafana')}
        </InlineField>
        <InlineField label={t('config-editor.pbx.secret', 'AMI secret')}>
          <PasswordSecret id={`config-pbx-secret-${place}`} name={`pbxSecret${place}`} secrets={secrets} width={25} />
        </InlineField>
      </Stack>
      {saved.tls && (
        <InlineField
          label={t('config-editor.pbx.authority', 'AMI certificate authority')}
          tooltip={t(
            'config-editor.pbx.authority-tooltip',
            'PEM of the authority that signed the certificate of the PBX, or of a self-signed certificate; empty for public authorities'
          )}
        >
          <PemSecret id={`config-pbx-ca-${place}`} name={`pbxCACert${place}`} secrets={secrets} />
        </InlineField>
      )}
    </>
  );
}
