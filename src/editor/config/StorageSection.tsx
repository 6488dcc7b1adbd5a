import { Field, FieldSet } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';

export function StorageSection({ settings, onChange }: ConfigSectionProps) {
  return (
    <FieldSet label="Storage">
      <Field label="Keep call records for" description="Days after which records are deleted; 0 keeps all">
        <NumberInput
          id="config-retention"
          min={0}
          suffix="days"
          placeholder="400"
          value={settings.retentionDays}
          onChange={(retentionDays) => onChange({ retentionDays })}
        />
      </Field>
    </FieldSet>
  );
}
