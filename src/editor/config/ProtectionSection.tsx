import { t } from '@grafana/i18n';
import { Field, RadioButtonGroup } from '@grafana/ui';
import { defaultSettings } from '../../settings/default-settings';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';

/** Who may see telephone numbers. The server part holds it; the page only sets it. */
export function ProtectionSection({ settings, onChange, readOnly }: ConfigSectionProps) {
  const { maskNumbersFor = 'none' } = settings;
  const summaries = {
    none: '',
    viewers: t('config-editor.protection.set-viewers', 'Numbers are masked for Viewers'),
    editors: t('config-editor.protection.set-editors', 'Numbers are masked for Viewers and Editors'),
  };
  return (
    <ConfigSection
      title={t('config-editor.protection.title', 'Privacy')}
      description={t('config-editor.protection.intro', 'Who sees telephone numbers in full.')}
      summary={summaries[maskNumbersFor]}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.protection.mask-for', 'Mask numbers for')}
        description={t(
          'config-editor.protection.mask-for-description',
          'These roles see only the last digits of telephone numbers in panels, live data, exports, variables, and suggestions. If you mask numbers, alert rules mask them too. Extensions of up to five digits are never masked.'
        )}
      >
        <RadioButtonGroup
          id="config-mask-numbers-for"
          aria-label={t('config-editor.protection.mask-for', 'Mask numbers for')}
          value={maskNumbersFor}
          options={[
            { value: 'none' as const, label: t('config-editor.protection.nobody', 'Nobody') },
            { value: 'viewers' as const, label: t('config-editor.protection.viewers', 'Viewers') },
            { value: 'editors' as const, label: t('config-editor.protection.editors', 'Viewers and Editors') },
          ]}
          onChange={(choice) => onChange({ maskNumbersFor: choice })}
        />
      </Field>
      {maskNumbersFor !== 'none' && (
        <Field
          label={t('config-editor.protection.digits', 'Last digits shown')}
          description={t(
            'config-editor.protection.digits-description',
            'How many digits at the end of a masked number stay visible. 0 hides all.'
          )}
        >
          <NumberInput
            id="config-mask-digits"
            min={0}
            max={5}
            suffix={t('config-editor.protection.digits-unit', 'digits')}
            fallback={defaultSettings.maskDigitsShown}
            value={settings.maskDigitsShown}
            onChange={(maskDigitsShown) => onChange({ maskDigitsShown })}
          />
        </Field>
      )}
    </ConfigSection>
  );
}
