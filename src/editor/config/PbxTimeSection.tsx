import { t } from '@grafana/i18n';
import { Field, FieldSet } from '@grafana/ui';
import type { ConfigSectionProps } from './config-section';
import { ServerZones } from './ServerZones';
import { ZonePicker } from './ZonePicker';

/** A PBX writes the times of its wall clock and tells no zone. */
export function PbxTimeSection({ settings, onChange }: ConfigSectionProps) {
  return (
    <FieldSet label={t('config-editor.pbx-time.title', 'PBX time')}>
      <Field
        label={t('config-editor.pbx-time.zone', 'Time zone of the PBX')}
        description={t(
          'config-editor.pbx-time.zone-description',
          'Call records carry the wall clock of the PBX without a zone. Leave empty to detect the offset from call IDs'
        )}
      >
        <ZonePicker
          id="config-time-zone"
          value={settings.timeZone ?? ''}
          placeholder={t('config-editor.pbx-time.zone-placeholder', 'Detected from call IDs')}
          onChange={(timeZone) => onChange({ timeZone })}
        />
      </Field>
      <ServerZones
        zones={settings.serverTimeZones ?? {}}
        onChange={(serverTimeZones) => onChange({ serverTimeZones })}
      />
    </FieldSet>
  );
}
