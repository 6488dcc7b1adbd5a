import { t } from '@grafana/i18n';
import { Field, TextArea } from '@grafana/ui';
import { readBusinessHours } from '../../cdr/business-hours';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { summaryText } from './summary-text';

/** When the call center is open, and the days on which it is not. */
export function HoursSection({ settings, onChange, readOnly }: ConfigSectionProps) {
  const { businessHours = [], holidays = [] } = settings;
  const days = holidays.filter((line) => line.trim() !== '').length;
  return (
    <ConfigSection
      title={t('config-editor.hours.title', 'Business hours')}
      description={t('config-editor.hours.intro', 'When the call center is open, and holidays.')}
      summary={summaryText(
        ...businessHours,
        days === 1 && t('config-editor.hours.set-holiday', '1 holiday'),
        days > 1 && t('config-editor.hours.set-holidays', '{{days, number}} holidays', { days })
      )}
      needsAttention={readBusinessHours(businessHours, holidays).unread.length > 0}
      readOnly={readOnly}
    >
      <LinesField
        id="config-business-hours"
        label={t('config-editor.hours.weekly', 'Weekly hours')}
        description={t(
          'config-editor.hours.weekly-description',
          'One line for some days, such as Mon-Fri 08:00-12:00, 13:00-18:00. Hours that end before they begin continue after midnight.'
        )}
        placeholder={'Mon-Fri 08:00-18:00\nSat 09:00-13:00'}
        lines={businessHours}
        unread={readBusinessHours(businessHours, []).unread}
        onChange={(lines) => onChange({ businessHours: lines })}
      />
      <LinesField
        id="config-holidays"
        label={t('config-editor.hours.holidays', 'Holidays')}
        description={t(
          'config-editor.hours.holidays-description',
          'One line for a day such as 2026-12-25, a day of every year such as 12-25, or several days such as 12-24 to 01-01. Holidays are out of hours from midnight to midnight.'
        )}
        placeholder={'12-25\n12-31 to 01-01\n2026-04-06'}
        lines={holidays}
        unread={readBusinessHours([], holidays).unread}
        onChange={(lines) => onChange({ holidays: lines })}
      />
    </ConfigSection>
  );
}

interface LinesFieldProps {
  id: string;
  label: string;
  description: string;
  placeholder: string;
  lines: readonly string[];
  unread: readonly string[];
  onChange: (lines: string[]) => void;
}

function LinesField({ id, lines, unread, onChange, placeholder, ...field }: LinesFieldProps) {
  return (
    <Field
      {...field}
      invalid={unread.length > 0}
      error={t('config-editor.hours.unread', '"{{- line}}" can\'t be read. Write it as in the example, or remove it.', {
        line: unread[0] ?? '',
      })}
    >
      <TextArea
        id={id}
        rows={Math.min(12, Math.max(3, lines.length + 1))}
        placeholder={placeholder}
        value={lines.join('\n')}
        onChange={(event) => onChange(event.currentTarget.value === '' ? [] : event.currentTarget.value.split('\n'))}
      />
    </Field>
  );
}
