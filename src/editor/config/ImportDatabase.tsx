import { t } from '@grafana/i18n';
import { Field, Input, Switch } from '@grafana/ui';
import { databasePorts } from '../../settings/database-port';
import { defaultDatabase } from '../../settings/import-settings';
import { DraftInput } from '../DraftInput';
import { NumberInput } from '../NumberInput';
import { FieldGrid } from './FieldGrid';
import type { ImportEntryProps } from './import-entry-props';
import { PasswordSecret } from './PasswordSecret';
import { PemSecret } from './PemSecret';

/** Address of a database's table, and who reads it. */
export function ImportDatabase({ place, saved, onChange, secrets }: ImportEntryProps) {
  const { kind = 'cdr', type } = saved;
  const text = (name: 'host' | 'user', placeholder: string) => (
    <Input
      id={`config-import-${name}-${place}`}
      value={saved[name] ?? ''}
      placeholder={placeholder}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <FieldGrid>
        <Field label={t('config-editor.import.host', 'Host')}>{text('host', 'pbx.example.com')}</Field>
        <Field label={t('config-editor.import.port', 'Port')}>
          <NumberInput
            id={`config-import-port-${place}`}
            min={1}
            max={65_535}
            fallback={databasePorts[type === 'postgres' ? 'postgres' : 'mysql']}
            value={saved.port || undefined}
            onChange={(port) => onChange({ port })}
          />
        </Field>
        <Field label={t('config-editor.import.database', 'Database')}>
          <DraftInput
            id={`config-import-database-${place}`}
            placeholder={defaultDatabase}
            value={saved.database ?? defaultDatabase}
            onCommit={(database) => onChange({ database: database.trim() === '' ? undefined : database.trim() })}
          />
        </Field>
        <Field label={t('config-editor.import.table', 'Table')}>
          <DraftInput
            id={`config-import-table-${place}`}
            placeholder={kind}
            value={saved.table || kind}
            onCommit={(table) => onChange({ table: table.trim() === kind ? '' : table.trim() })}
          />
        </Field>
        <Field label={t('config-editor.import.user', 'Database user')}>{text('user', 'grafana')}</Field>
        <Field label={t('config-editor.import.password', 'Database password')}>
          <PasswordSecret id={`config-import-password-${place}`} name={`importPassword${place}`} secrets={secrets} />
        </Field>
      </FieldGrid>
      <Field
        label={t('config-editor.import.tls', 'TLS')}
        description={t(
          'config-editor.import.tls-description',
          'Encrypts the connection and checks the certificate of the database.'
        )}
      >
        <Switch
          id={`config-import-tls-${place}`}
          value={saved.tls ?? false}
          onChange={(event) => onChange({ tls: event.currentTarget.checked })}
        />
      </Field>
      {saved.tls && (
        <Field
          label={t('config-editor.import.authority', 'Database certificate authority')}
          description={t(
            'config-editor.import.authority-description',
            'PEM of the authority that signed the certificate of the database, or of a self-signed certificate. Leave empty for public authorities.'
          )}
        >
          <PemSecret id={`config-import-ca-${place}`} name={`importCACert${place}`} secrets={secrets} />
        </Field>
      )}
    </>
  );
}
