import { t } from '@grafana/i18n';
import { Field, FieldSet, RadioButtonGroup } from '@grafana/ui';
import { NumberInput } from '../NumberInput';
import type { ConfigSectionProps } from './config-section';

/** Who may see telephone numbers. The server part holds it; the page only sets it. */
export function ProtectionSection({ settings, onChange }: ConfigSectionProps) {
  const { maskNumbersFor = 'none' } = settings;
  return (
    <FieldSet label={t('config-editor.protection.title', 'Protection')}>
      <Field
        label={t('config-editor.protection.mask-for', 'Mask numbers for')}
        description={t(
          'config-editor.protection.mask-for-description',
          'Who sees only the last digits of telephone numbers, in panels, live, in exports, variables and suggestions; alert rules too. Extensions of up to five digits stay'
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
          description={t('config-editor.protection.digits-description', 'Of each masked number; 0 shows none')}
        >
          <NumberInput
            id="config-mask-digits"
            min={0}
            max={5}
            placeholder="4"
            value={settings.maskDigitsShown}
            onChange={(maskDigitsShown) => onChange({ maskDigitsShown })}
          />
        </Field>
      )}
    </FieldSet>
  );
}
