import { t } from '@grafana/i18n';
import { Field, RadioButtonGroup, Switch } from '@grafana/ui';
import { useId } from 'react';
import { ianaZone } from '../../datasource/prepare-query';
import type { DateFormat, ExportFormat, ExportLayout } from '../../export/export-request';
import { Picker } from '../Picker';
import { ChipsInput } from './ChipsInput';
import type { ExportField } from './export-fields';

interface Props {
  layout: ExportLayout;
  onChange: (layout: ExportLayout) => void;
  /** Columns that the file can have. */
  fields: readonly ExportField[];
  dashboardZone: string;
}

const width = 50;
const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

/** How the file is written: format, columns, dates. */
export function ExportLayoutFields({ layout, onChange, fields, dashboardZone }: Props) {
  const id = useId();
  const change = (changes: Partial<ExportLayout>): void => onChange({ ...layout, ...changes });
  return (
    <div>
      <Field label={t('export.format.label', 'Format')}>
        <RadioButtonGroup<ExportFormat>
          aria-label={t('export.format.label', 'Format')}
          options={[
            { value: 'csv', label: 'CSV' },
            { value: 'json', label: 'JSON' },
          ]}
          value={layout.format}
          onChange={(format) => change({ format })}
        />
      </Field>
      <Field label={t('export.fields.label', 'Fields')} htmlFor={`${id}-fields`}>
        <ChipsInput
          id={`${id}-fields`}
          width={width}
          isClearable
          placeholder={t('export.fields.all', 'All fields')}
          options={[...fields]}
          value={layout.fields.map((value) => fields.find((field) => field.value === value) ?? { value, label: value })}
          onChange={(chosen) => change({ fields: chosen })}
        />
      </Field>
      <Field label={t('export.dates.label', 'Dates')} htmlFor={`${id}-dates`}>
        <Picker<DateFormat>
          id={`${id}-dates`}
          width={width}
          options={[
            { value: 'iso', label: 'ISO 8601', description: '2026-11-24T13:00:00+01:00' },
            { value: 'plain', label: 'YYYY-MM-DD HH:mm:ss', description: '2026-11-24 13:00:00' },
            { value: 'day-first', label: 'DD.MM.YYYY HH:mm:ss', description: '24.11.2026 13:00:00' },
            { value: 'month-first', label: 'MM/DD/YYYY HH:mm:ss', description: '11/24/2026 13:00:00' },
            { value: 'epoch', label: t('export.dates.epoch', 'Milliseconds since 1970'), description: '1795521600000' },
          ]}
          value={layout.dateFormat}
          onChange={({ value }) => change({ dateFormat: value })}
        />
      </Field>
      {layout.dateFormat !== 'epoch' && (
        <Field label={t('export.zone.label', 'Time zone')} htmlFor={`${id}-zone`}>
          <Picker
            id={`${id}-zone`}
            width={width}
            options={[
              { value: 'pbx', label: t('export.zone.pbx', 'Of each PBX') },
              ...[...new Set([ianaZone(dashboardZone), 'UTC'])].map((value) => ({ value, label: value })),
              ...zones.filter(({ value }) => value !== 'UTC' && value !== ianaZone(dashboardZone)),
            ]}
            value={layout.timeZone}
            onChange={({ value }) => change({ timeZone: value })}
          />
        </Field>
      )}
      {layout.format === 'csv' && (
        <Field label={t('export.header.label', 'First line has the titles')} htmlFor={`${id}-header`}>
          <Switch
            id={`${id}-header`}
            value={layout.header}
            onChange={({ currentTarget }) => change({ header: currentTarget.checked })}
          />
        </Field>
      )}
    </div>
  );
}
