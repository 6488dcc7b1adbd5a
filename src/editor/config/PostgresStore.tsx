import { t } from '@grafana/i18n';
import { Field, Input, RadioButtonGroup, Switch } from '@grafana/ui';
import { isDatabaseHost, isSocketFolder } from '../../settings/database-host';
import { isSchemaName, poolSizes, statementTimes } from '../../settings/store-settings';
import { NumberInput } from '../NumberInput';
import { PasswordSecret } from './PasswordSecret';
import { PostgresTls } from './PostgresTls';
import type { StoreProps } from './store-props';

type TextName = 'host' | 'database' | 'user' | 'schema';

/** Which PostgreSQL keeps the calls, and how much of it they may take. */
export function PostgresStore({ store, onChange, secrets }: StoreProps) {
  const { host = '', schema = '' } = store;
  const text = (name: TextName, placeholder?: string) => (
    <Input
      id={`config-store-${name}`}
      width={40}
      value={store[name] ?? ''}
      placeholder={placeholder}
      autoComplete="off"
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  const missing = (name: TextName): boolean => (store[name] ?? '').trim() === '';
  const isBadHost = !missing('host') && !isDatabaseHost(host.trim());
  return (
    <>
      <Field
        required
        label={t('config-editor.store.host', 'Host')}
        description={t(
          'config-editor.store.host-description',
          'Name or address of the PostgreSQL server, or the folder of its socket such as /run/postgresql'
        )}
        invalid={isBadHost || missing('host')}
        error={
          isBadHost
            ? t('config-editor.store.bad-host', 'Enter a name, an address, or the folder of a socket')
            : t('config-editor.store.missing-host', 'Enter the host')
        }
      >
        {text('host', 'db.example.com')}
      </Field>
      <Field label={t('config-editor.store.port', 'Port')}>
        <NumberInput
          id="config-store-port"
          min={1}
          max={65_535}
          placeholder="5432"
          value={store.port || undefined}
          onChange={(port) => onChange({ port })}
        />
      </Field>
      <Field
        required
        label={t('config-editor.store.database', 'Database')}
        invalid={missing('database')}
        error={t('config-editor.store.missing-database', 'Enter the database')}
      >
        {text('database', 'calls')}
      </Field>
      <Field
        required
        label={t('config-editor.store.user', 'User')}
        description={t(
          'config-editor.store.user-description',
          'Owner of the schema, or a user who may create one in this database'
        )}
        invalid={missing('user')}
        error={t('config-editor.store.missing-user', 'Enter the user')}
      >
        {text('user', 'grafana_cdr')}
      </Field>
      <Field
        label={t('config-editor.store.password', 'Password')}
        description={t(
          'config-editor.store.password-description',
          'Empty for a user who is known by a client certificate or a socket'
        )}
      >
        <PasswordSecret id="config-store-password" name="storePassword" secrets={secrets} width={40} />
      </Field>
      {!isSocketFolder(host.trim()) && <PostgresTls store={store} onChange={onChange} secrets={secrets} />}
      <Field
        label={t('config-editor.store.schema', 'Schema')}
        description={t(
          'config-editor.store.schema-description',
          'Empty for a name made of the organization and UID of this data source. Data sources that share calls have the same schema.'
        )}
        invalid={schema !== '' && !isSchemaName(schema)}
        error={t(
          'config-editor.store.bad-schema',
          'Use at most 63 small letters, digits and _, a letter first, and not pg_ at the beginning'
        )}
      >
        {text('schema')}
      </Field>
      <Field
        label={t('config-editor.store.pool', 'Connections')}
        description={t('config-editor.store.pool-description', 'The most that this Grafana opens at once')}
      >
        <NumberInput
          id="config-store-pool"
          min={poolSizes.least}
          max={poolSizes.most}
          placeholder={String(poolSizes.usual)}
          value={store.poolSize}
          onChange={(poolSize) => onChange({ poolSize })}
        />
      </Field>
      <Field
        label={t('config-editor.store.timeout', 'Statement time-out')}
        description={t(
          'config-editor.store.timeout-description',
          'Time after which the server ends a query that panels wait for'
        )}
      >
        <NumberInput
          id="config-store-timeout"
          min={statementTimes.least}
          max={statementTimes.most}
          suffix={t('config-editor.store.seconds', 'seconds')}
          placeholder={String(statementTimes.usual)}
          value={store.statementTimeout}
          onChange={(statementTimeout) => onChange({ statementTimeout })}
        />
      </Field>
      <Field
        label={t('config-editor.store.heard-by', 'Listens to the PBX')}
        description={t(
          'config-editor.store.heard-by-description',
          'Let several Grafanas listen, so that calls are stored while one of them is down. One that only answers shows what others store.'
        )}
      >
        <RadioButtonGroup
          id="config-store-heard-by"
          aria-label={t('config-editor.store.heard-by', 'Listens to the PBX')}
          options={[
            { value: 'this' as const, label: t('config-editor.store.this-grafana', 'This Grafana') },
            { value: 'others' as const, label: t('config-editor.store.only-others', 'Only others') },
          ]}
          value={store.heardBy ?? 'this'}
          onChange={(heardBy) => onChange({ heardBy })}
        />
      </Field>
      <Field
        label={t('config-editor.store.citus', 'Spread by Citus')}
        description={t(
          'config-editor.store.citus-description',
          'Distribute the tables over the workers of a Citus cluster; the database needs the extension'
        )}
      >
        <Switch
          id="config-store-citus"
          value={store.citus ?? false}
          onChange={(event) => onChange({ citus: event.currentTarget.checked })}
        />
      </Field>
    </>
  );
}
