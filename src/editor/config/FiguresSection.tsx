import { t } from '@grafana/i18n';
import { Field, FieldSet } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';
import { WrapUpField } from './WrapUpField';

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
      <Field
        label={t('config-editor.figures.short-abandon', 'Short abandons within')}
        description={t(
          'config-editor.figures.short-abandon-description',
          'Seconds within which a queue caller who gives up counts as a short abandon, since nobody could answer so soon. A query can ask for another'
        )}
      >
        <NumberInput
          id="config-short-abandon"
          min={1}
          suffix="s"
          placeholder={t('config-editor.figures.short-abandon-default', 'as the service level threshold')}
          // 0 is how saved settings say "as the service level threshold".
          value={settings.shortAbandonThreshold || undefined}
          onChange={(shortAbandonThreshold) => onChange({ shortAbandonThreshold })}
        />
      </Field>
      <WrapUpField settings={settings} onChange={onChange} />
    </FieldSet>
  );
}
