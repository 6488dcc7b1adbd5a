import { t } from '@grafana/i18n';
import { Field } from '@grafana/ui';
import { defaultSettings } from '../../settings/default-settings';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { summaryText } from './summary-text';
import { WrapUpField } from './WrapUpField';

export function FiguresSection({ settings, onChange, readOnly }: ConfigSectionProps) {
  const { serviceLevelThreshold: threshold = defaultSettings.serviceLevelThreshold, wrapUpTimes = {} } = settings;
  // 0 is how saved settings say "as the service level threshold".
  const shortAbandon = settings.shortAbandonThreshold || undefined;
  const queues = Object.keys(wrapUpTimes);
  return (
    <ConfigSection
      title={t('config-editor.figures.title', 'Figures')}
      description={t('config-editor.figures.intro', 'Thresholds and wrap-up times that figures are calculated with.')}
      summary={summaryText(
        threshold !== defaultSettings.serviceLevelThreshold &&
          t('config-editor.figures.set-threshold', 'Service level {{- seconds}} s', { seconds: threshold }),
        shortAbandon !== undefined &&
          t('config-editor.figures.set-short-abandon', 'Short abandons {{- seconds}} s', { seconds: shortAbandon }),
        queues.length > 0 &&
          t('config-editor.figures.set-wrap-up', 'Wrap-up times of {{- queues}}', { queues: queues.join(', ') })
      )}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.figures.threshold', 'Service level threshold')}
        description={t(
          'config-editor.figures.threshold-description',
          'Time within which a queue caller should be answered. A query can override it.'
        )}
      >
        <NumberInput
          id="config-service-level"
          min={1}
          suffix={t('config-editor.figures.seconds', 'seconds')}
          fallback={defaultSettings.serviceLevelThreshold}
          value={settings.serviceLevelThreshold}
          onChange={(serviceLevelThreshold) => onChange({ serviceLevelThreshold })}
        />
      </Field>
      <Field
        label={t('config-editor.figures.short-abandon', 'Short abandons within')}
        description={t(
          'config-editor.figures.short-abandon-description',
          'A queue caller who hangs up within this time counts as a short abandon. Follows the service level threshold unless you change it. A query can override it.'
        )}
      >
        <NumberInput
          id="config-short-abandon"
          min={1}
          suffix={t('config-editor.figures.seconds', 'seconds')}
          fallback={threshold}
          value={shortAbandon}
          onChange={(shortAbandonThreshold) => onChange({ shortAbandonThreshold })}
        />
      </Field>
      <WrapUpField settings={settings} onChange={onChange} />
    </ConfigSection>
  );
}
