import { t } from '@grafana/i18n';
import { InlineField } from '@grafana/ui';
import { useId } from 'react';
import { Picker } from '../Picker';
import type { QuerySectionProps } from './query-section';

/** Whose days and hours count. A zone that the query names itself is kept. */
export function TimeZoneSection({ query, onChange, onRunQuery }: QuerySectionProps) {
  const id = useId();
  const value = query.timeZone ?? 'pbx';
  const zones = [
    {
      value: 'pbx',
      label: t('query-editor.time-zone.pbx', 'PBX'),
      description: t('query-editor.time-zone.pbx-description', 'Days and hours as the clock of the PBX shows them'),
    },
    {
      value: 'dashboard',
      label: t('query-editor.time-zone.dashboard', 'Dashboard'),
      description: t(
        'query-editor.time-zone.dashboard-description',
        'Days and hours of the dashboard; alert rules take the PBX'
      ),
    },
  ];
  const options = zones.some((zone) => zone.value === value) ? zones : [...zones, { value, label: value }];
  return (
    <InlineField label={t('query-editor.time-zone.label', 'Days and hours of')} htmlFor={`${id}-zone`}>
      <Picker
        id={`${id}-zone`}
        width={20}
        options={options}
        value={value}
        onChange={(option) => {
          onChange({ ...query, timeZone: option.value });
          onRunQuery();
        }}
      />
    </InlineField>
  );
}
