import { t } from '@grafana/i18n';
import { Field, FieldSet } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';

export function StorageSection({ settings, onChange }: ConfigSectionProps) {
  return (
    <FieldSet label={t('config-editor.storage.title', 'Storage')}>
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
