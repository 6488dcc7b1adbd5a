import { t } from '@grafana/i18n';
import { Combobox, IconButton, InlineField, Input, Stack } from '@grafana/ui';
import { importTypes, type ImportType } from '../../settings/import-settings';
import { ImportColumns } from './ImportColumns';
import { ImportDatabase } from './ImportDatabase';
import type { ImportEntryProps } from './import-entry-props';
import { ZonePicker } from './ZonePicker';

interface Props extends ImportEntryProps {
  onRemove: () => void;
}

const typeLabels: Record<ImportType, string> = { mysql: 'MariaDB / MySQL', postgres: 'PostgreSQL', csv: 'Master.csv' };

/** Where one PBX keeps its calls. */
export function ImportEditor({ place, saved, onChange, onRemove, secrets }: Props) {
  const type = saved.type ?? 'mysql';
  return (
    <Stack direction="column" gap={0}>
      <Stack wrap="wrap" alignItems="flex-start">
        <InlineField label={t('config-editor.import.type', 'Kept in')}>
          <Combobox
            id={`config-import-type-${place}`}
            width={25}
            options={importTypes.map((value) => ({ value, label: typeLabels[value] }))}
            value={type}
            onChange={({ value }) => onChange({ type: value })}
          />
        </InlineField>
        <InlineField
          label={t('config-editor.import.server', 'Calls of')}
          tooltip={t('config-editor.import.server-tooltip', 'server_name in the configuration of amiws')}
        >
          <Input
            id={`config-import-server-${place}`}
            width={25}
            value={saved.server ?? ''}
            placeholder="pbx-east"
            onChange={(event) => onChange({ server: event.currentTarget.value })}
          />
        </InlineField>
        <InlineField
          label={t('config-editor.import.time-zone', 'Times in')}
          tooltip={t(
            'config-editor.import.time-zone-tooltip',
            'Only where they are not the wall clock of the PBX, such as UTC with usegmtime=yes'
          )}
        >
          <ZonePicker
            id={`config-import-zone-${place}`}
            value={saved.timeZone ?? ''}
            placeholder={t('config-editor.import.time-zone-own', 'The time zone of the PBX')}
            onChange={(timeZone) => onChange({ timeZone })}
          />
        </InlineField>
        <IconButton
          name="trash-alt"
          size="lg"
          aria-label={t('config-editor.import.remove', 'Remove import {{- number}}', { number: place + 1 })}
          onClick={onRemove}
        />
      </Stack>
      {type === 'csv' ? (
        <InlineField
          label={t('config-editor.import.path', 'File')}
          tooltip={t(
            'config-editor.import.path-tooltip',
            'In the folder that csv_folder of [plugin.amiws-cdr-datasource] in grafana.ini allows'
          )}
        >
          <Input
            id={`config-import-path-${place}`}
            width={60}
            value={saved.path ?? ''}
            placeholder="Master.csv"
            onChange={(event) => onChange({ path: event.currentTarget.value })}
          />
        </InlineField>
      ) : (
        <ImportDatabase place={place} saved={saved} onChange={onChange} secrets={secrets} />
      )}
      <ImportColumns place={place} columns={saved.columns ?? {}} onChange={(columns) => onChange({ columns })} />
    </Stack>
  );
}
