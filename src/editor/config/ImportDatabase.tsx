import { t } from '@grafana/i18n';
import { InlineField, InlineSwitch, Input, Stack } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ImportEntryProps } from './import-entry-props';
import { PasswordSecret } from './PasswordSecret';
import { PemSecret } from './PemSecret';

/** Address of a database's table, and who reads it. */
export function ImportDatabase({ place, saved, onChange, secrets }: ImportEntryProps) {
  const text = (name: 'host' | 'database' | 'table' | 'user', placeholder: string) => (
    <Input
      id={`config-import-${name}-${place}`}
      width={25}
      value={saved[name] ?? ''}
      placeholder={placeholder}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Stack wrap="wrap">
        <InlineField label={t('config-editor.import.host', 'Host')}>{text('host', 'pbx.example.com')}</InlineField>
        <InlineField label={t('config-editor.import.port', 'Port')}>
          <NumberInput
            id={`config-import-port-${place}`}
            min={1}
            max={65_535}
            width={12}
            placeholder={saved.type === 'postgres' ? '5432' : '3306'}
            value={saved.port || undefined}
            onChange={(port) => onChange({ port })}
          />
        </InlineField>
        <InlineField
          label={t('config-editor.import.tls', 'TLS')}
          tooltip={t('config-editor.import.tls-tooltip', 'Encrypt, and check the certificate of the database')}
        >
          <InlineSwitch
            id={`config-import-tls-${place}`}
            value={saved.tls ?? false}
            onChange={(event) => onChange({ tls: event.currentTarget.checked })}
          />
        </InlineField>
      </Stack>
      {saved.tls && (
        <InlineField
          label={t('config-editor.import.authority', 'Database certificate authority')}
          tooltip={t(
            'config-editor.import.authority-tooltip',
            'PEM of the authority that signed the certificate of the database, or of a self-signed certificate; empty for public authorities'
          )}
        >
          <PemSecret id={`config-import-ca-${place}`} name={`importCACert${place}`} secrets={secrets} />
        </InlineField>
      )}
      <Stack wrap="wrap">
        <InlineField label={t('config-editor.import.database', 'Database')}>
          {text('database', 'asteriskcdrdb')}
        </InlineField>
        <InlineField label={t('config-editor.import.table', 'Table')}>{text('table', saved.kind ?? 'cdr')}</InlineField>
      </Stack>
      <Stack wrap="wrap">
        <InlineField label={t('config-editor.import.user', 'Database user')}>{text('user', 'grafana')}</InlineField>
        <InlineField label={t('config-editor.import.password', 'Database password')}>
          <PasswordSecret
            id={`config-import-password-${place}`}
            name={`importPassword${place}`}
            secrets={secrets}
            width={25}
          />
        </InlineField>
      </Stack>
    </>
  );
}
