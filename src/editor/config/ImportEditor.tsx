import { t } from '@grafana/i18n';
import { IconButton, InlineField, Input, Stack } from '@grafana/ui';
import { importKinds, importTypes, type ImportKind, type ImportType } from '../../settings/import-settings';
import { Picker } from '../Picker';
import { ImportColumns } from './ImportColumns';
import { ImportDatabase } from './ImportDatabase';
import type { ImportEntryProps } from './import-entry-props';
import { ZonePicker } from './ZonePicker';

interface Props extends ImportEntryProps {
  onRemove: () => void;
}

const fileNames: Record<ImportKind, string> = { cdr: 'Master.csv', queue_log: 'queue_log' };
const databaseLabels: Record<Exclude<ImportType, 'csv'>, string> = { mysql: 'MariaDB / MySQL', postgres: 'PostgreSQL' };

/** Where one PBX keeps its calls, or what its queues did. */
export function ImportEditor({ place, saved, onChange, onRemove, secrets }: Props) {
  const kind = saved.kind ?? 'cdr';
  const type = saved.type ?? 'mysql';
  const kindLabels: Record<ImportKind, string> = {
    cdr: t('config-editor.import.kind-cdr', 'Call detail records'),
    queue_log: t('config-editor.import.kind-queue-log', 'Queue log (queue_log)'),
  };
  return (
    <Stack direction="column" gap={0}>
      <Stack wrap="wrap" alignItems="flex-start">
        <InlineField
          label={t('config-editor.import.kind', 'Import')}
          tooltip={t(
            'config-editor.import.kind-tooltip',
            'Call detail records show all calls. The queue log shows what queues did exactly: visits, unanswered rings, log-ins and pauses'
          )}
        >
          <Picker
            id={`config-import-kind-${place}`}
            width={25}
            options={importKinds.map((value) => ({ value, label: kindLabels[value] }))}
            value={kind}
            onChange={({ value }) => onChange({ kind: value, table: '', path: '' })}
          />
        </InlineField>
        <InlineField label={t('config-editor.import.type', 'Source')}>
          <Picker
            id={`config-import-type-${place}`}
            width={25}
            options={importTypes.map((value) => ({
              value,
              label: value === 'csv' ? t('config-editor.import.file', 'File') : databaseLabels[value],
            }))}
            value={type}
            onChange={({ value }) => onChange({ type: value })}
          />
        </InlineField>
        <InlineField
          label={t('config-editor.import.server', 'PBX')}
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
          label={t('config-editor.import.time-zone', 'Time zone of timestamps')}
          tooltip={t(
            'config-editor.import.time-zone-tooltip',
            'Only where they are not the wall clock of the PBX, such as UTC with usegmtime=yes or queue_log_realtime_use_gmt=yes'
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
            placeholder={fileNames[kind]}
            onChange={(event) => onChange({ path: event.currentTarget.value })}
          />
        </InlineField>
      ) : (
        <ImportDatabase place={place} saved={saved} onChange={onChange} secrets={secrets} />
      )}
      {!(kind === 'queue_log' && type === 'csv') && (
        <ImportColumns place={place} columns={saved.columns ?? {}} onChange={(columns) => onChange({ columns })} />
      )}
    </Stack>
  );
}
