import { t } from '@grafana/i18n';
import { Field, FieldSet } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';

export function FiguresSection({ settings, onChange }: ConfigSectionProps) {
  return (
    <FieldSet label={t('config-editor.figures.title', 'Figures')}>
      <Field
        label={t('config-editor.figures.threshold', 'Service level threshold')}
        description={t(
          'config-editor.figures.threshold-description',
          'Seconds within which a queue caller should be answered. A query can ask for another'
        )}
      >
        <NumberInput
          id="config-service-level"
          min={1}
          suffix="s"
          placeholder="20"
          value={settings.serviceLevelThreshold}
          onChange={(serviceLevelThreshold) => onChange({ serviceLevelThreshold })}
        />
      </Field>
    </FieldSet>
  );
}
