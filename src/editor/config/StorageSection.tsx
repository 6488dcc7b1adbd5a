import { t } from '@grafana/i18n';
import { Field, FieldSet, RadioButtonGroup } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { SecretSectionProps } from './config-section';
import { PostgresStore } from './PostgresStore';

export function StorageSection({ settings, onChange, secrets }: SecretSectionProps) {
  const { store = {} } = settings;
  return (
    <FieldSet label={t('config-editor.storage.title', 'Storage')}>
      <Field
        label={t('config-editor.storage.type', 'Store')}
        description={t(
          'config-editor.storage.type-description',
          'A file serves one Grafana. Choose PostgreSQL for several Grafanas that share the calls, or for one that may not keep files. Stored calls stay where they are when you change this; to move them, refer to docs/postgres.md.'
        )}
      >
        <RadioButtonGroup
          id="config-store"
          aria-label={t('config-editor.storage.type', 'Store')}
          options={[
            { value: 'duckdb' as const, label: t('config-editor.storage.duckdb', 'DuckDB file') },
            { value: 'postgres' as const, label: 'PostgreSQL' },
          ]}
          value={store.type ?? 'duckdb'}
          onChange={(type) => onChange({ store: { ...store, type } })}
        />
      </Field>
      {store.type === 'postgres' && (
        <PostgresStore
          store={store}
          onChange={(changes) => onChange({ store: { ...store, ...changes } })}
          secrets={secrets}
        />
      )}
      <Field
        label={t('config-editor.storage.retention', 'Keep call records for')}
        description={t(
          'config-editor.storage.retention-description',
          'Days after which records are deleted; 0 keeps all'
        )}
      >
        <NumberInput
          id="config-retention"
          min={0}
          suffix={t('config-editor.storage.days', 'days')}
          placeholder="400"
          value={settings.retentionDays}
          onChange={(retentionDays) => onChange({ retentionDays })}
        />
      </Field>
    </FieldSet>
  );
}
