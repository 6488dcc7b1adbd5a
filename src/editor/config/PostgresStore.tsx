import { t } from '@grafana/i18n';
import { Field, Input, RadioButtonGroup, Switch } from '@grafana/ui';
import { isSocketFolder } from '../../settings/database-host';
import { databasePorts } from '../../settings/database-port';
import { storeProblems } from '../../settings/store-problems';
import { poolSizes, statementTimes } from '../../settings/store-settings';
import { NumberInput } from '../NumberInput';
import { PasswordSecret } from './PasswordSecret';
import { PostgresTls } from './PostgresTls';
import type { StoreProps } from './store-props';

type TextName = 'host' | 'database' | 'user' | 'schema';

/** Which PostgreSQL keeps the calls, and how much of it they may take. */
export function PostgresStore({ store, onChange, secrets }: StoreProps) {
  const { host = '' } = store;
  const problems = storeProblems(store);
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
  return (
    <>
      <Field
        required
        label={t('config-editor.store.host', 'Host')}
        description={t(
          'config-editor.store.host-description',
          'Name or address of the PostgreSQL server, or the folder of its socket, such as /run/postgresql.'
        )}
        invalid={problems.host !== undefined}
        error={
          problems.host === 'bad-host'
            ? t('config-editor.store.bad-host', 'Enter a host name, an address, or the folder of a socket')
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
          fallback={databasePorts.postgres}
          value={store.port || undefined}
          onChange={(port) => onChange({ port })}
        />
      </Field>
      <Field
        required
        label={t('config-editor.store.database', 'Database')}
        invalid={problems.database !== undefined}
        error={t('config-editor.store.missing-database', 'Enter the name of the database')}
      >
        {text('database', 'calls')}
      </Field>
      <Field
        required
        label={t('config-editor.store.user', 'User')}
        description={t(
          'config-editor.store.user-description',
          'The owner of the schema, or a user with the right to create one in this database.'
        )}
        invalid={problems.user !== undefined}
        error={t('config-editor.store.missing-user', 'Enter the user')}
      >
        {text('user', 'grafana_cdr')}
      </Field>
      <Field
        label={t('config-editor.store.password', 'Password')}
        description={t(
          'config-editor.store.password-description',
          'Leave empty if the user signs in with a client certificate or through a socket.'
        )}
      >
        <PasswordSecret id="config-store-password" name="storePassword" secrets={secrets} width={40} />
      </Field>
      {!isSocketFolder(host.trim()) && <PostgresTls store={store} onChange={onChange} secrets={secrets} />}
      <Field
        label={t('config-editor.store.schema', 'Schema')}
        description={t(
          'config-editor.store.schema-description',
          'Leave empty to use a name made from the organization and UID of this data source. Data sources that share calls use the same schema.'
        )}
        invalid={problems.schema !== undefined}
        error={t(
          'config-editor.store.bad-schema',
          'Use up to 63 lowercase letters, digits, and underscores. Start with a letter, but not with pg_.'
        )}
      >
        {text('schema', t('config-editor.store.schema-own', 'Made from organization and UID'))}
      </Field>
      <Field
        label={t('config-editor.store.pool', 'Connections')}
        description={t(
          'config-editor.store.pool-description',
          'The maximum number of connections that this Grafana server opens at the same time.'
        )}
      >
        <NumberInput
          id="config-store-pool"
          min={poolSizes.least}
          max={poolSizes.most}
          suffix={t('config-editor.store.pool-unit', 'connections')}
          fallback={poolSizes.usual}
          value={store.poolSize}
          onChange={(poolSize) => onChange({ poolSize })}
        />
      </Field>
      <Field
        label={t('config-editor.store.timeout', 'Statement timeout')}
        description={t(
          'config-editor.store.timeout-description',
          'PostgreSQL cancels a query of a panel after this time.'
        )}
      >
        <NumberInput
          id="config-store-timeout"
          min={statementTimes.least}
          max={statementTimes.most}
          suffix={t('config-editor.store.seconds', 'seconds')}
          fallback={statementTimes.usual}
          value={store.statementTimeout}
          onChange={(statementTimeout) => onChange({ statementTimeout })}
        />
      </Field>
      <Field
        label={t('config-editor.store.heard-by', 'Who listens to the PBX')}
        description={t(
          'config-editor.store.heard-by-description',
          "Let several Grafana servers listen so that calls are stored while one of them is down. A Grafana server that doesn't listen shows the calls that the others store."
        )}
      >
        <RadioButtonGroup
          id="config-store-heard-by"
          aria-label={t('config-editor.store.heard-by', 'Who listens to the PBX')}
          options={[
            { value: 'this' as const, label: t('config-editor.store.this-grafana', 'This Grafana server') },
            { value: 'others' as const, label: t('config-editor.store.only-others', 'Only other servers') },
          ]}
          value={store.heardBy ?? 'this'}
          onChange={(heardBy) => onChange({ heardBy })}
        />
      </Field>
      <Field
        label={t('config-editor.store.citus', 'Distribute with Citus')}
        description={t(
          'config-editor.store.citus-description',
          'Distributes the tables across the workers of a Citus cluster. The database needs the Citus extension.'
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
