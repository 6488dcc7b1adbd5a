import { t } from '@grafana/i18n';
import { Field, RadioButtonGroup } from '@grafana/ui';
import { defaultSettings } from '../../settings/default-settings';
import { storeProblems } from '../../settings/store-problems';
import { NumberInput } from '../NumberInput';
import type { SecretSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { PostgresStore } from './PostgresStore';
import { summaryText } from './summary-text';

export function StorageSection({ settings, onChange, secrets, readOnly }: SecretSectionProps) {
  const { store = {}, retentionDays: days = defaultSettings.retentionDays } = settings;
  return (
    <ConfigSection
      title={t('config-editor.storage.title', 'Storage')}
      description={t('config-editor.storage.intro', 'Where calls are stored, and for how long.')}
      summary={summaryText(
        store.type === 'postgres' && 'PostgreSQL',
        days === 0 && t('config-editor.storage.set-all', 'Calls are never deleted'),
        days > 0 &&
          days !== defaultSettings.retentionDays &&
          t('config-editor.storage.set-days', '{{days, number}} days', { days })
      )}
      needsAttention={Object.keys(storeProblems(store)).length > 0}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.storage.type', 'Store')}
        description={t(
          'config-editor.storage.type-description',
          "A DuckDB file serves one Grafana server. Choose PostgreSQL if several Grafana servers share the calls, or if this one can't keep files. Stored calls stay where they are when you change the store. To move them, refer to docs/postgres.md."
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
          'Older call records are deleted. Enter 0 to keep all.'
        )}
      >
        <NumberInput
          id="config-retention"
          min={0}
          suffix={t('config-editor.storage.days', 'days')}
          fallback={defaultSettings.retentionDays}
          value={settings.retentionDays}
          onChange={(retentionDays) => onChange({ retentionDays })}
        />
      </Field>
    </ConfigSection>
  );
}
