import { t } from '@grafana/i18n';
import { Field } from '@grafana/ui';
import type { ConfigSectionProps } from './config-section';
import { ConfigSection } from './ConfigSection';
import { ServerZones } from './ServerZones';
import { summaryText } from './summary-text';
import { ZonePicker } from './ZonePicker';

/** A PBX writes the times of its wall clock and tells no zone. */
export function PbxTimeSection({ settings, onChange, readOnly }: ConfigSectionProps) {
  const { timeZone = '', serverTimeZones = {} } = settings;
  return (
    <ConfigSection
      title={t('config-editor.pbx-time.title', 'PBX time')}
      description={t('config-editor.pbx-time.intro', 'The time zone of the clock of the PBX.')}
      summary={summaryText(timeZone, ...Object.entries(serverTimeZones).map(([server, zone]) => `${server}: ${zone}`))}
      readOnly={readOnly}
    >
      <Field
        label={t('config-editor.pbx-time.zone', 'Time zone of the PBX')}
        description={t(
          'config-editor.pbx-time.zone-description',
          "Call records carry the PBX's wall clock time without a time zone."
        )}
      >
        <ZonePicker
          id="config-time-zone"
          value={timeZone}
          emptyLabel={t('config-editor.pbx-time.zone-detected', 'Detected from call IDs')}
          onChange={(zone) => onChange({ timeZone: zone })}
        />
      </Field>
      <ServerZones zones={serverTimeZones} onChange={(zones) => onChange({ serverTimeZones: zones })} />
    </ConfigSection>
  );
}
