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
          'Call records carry the wall clock of the PBX without a zone. Left empty, the offset is told from the call ids'
        )}
      >
        <ZonePicker
          id="config-time-zone"
          value={settings.timeZone ?? ''}
          placeholder={t('config-editor.pbx-time.zone-placeholder', 'Told from the call ids')}
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
