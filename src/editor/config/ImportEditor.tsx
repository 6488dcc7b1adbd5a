import { t } from '@grafana/i18n';
import { Field, Input } from '@grafana/ui';
import type { ReactNode } from 'react';
import { importKinds, importTypes, type ImportKind, type ImportType } from '../../settings/import-settings';
import { Picker } from '../Picker';
import { Entry } from './Entry';
import { FieldGrid } from './FieldGrid';
import { ImportColumns } from './ImportColumns';
import { ImportDatabase } from './ImportDatabase';
import type { ImportEntryProps } from './import-entry-props';
import { RemoveButton } from './RemoveButton';
import { ZonePicker } from './ZonePicker';

interface Props extends ImportEntryProps {
  readOnly?: boolean;
  onRemove: () => void;
  /** How the import fares. */
  children: ReactNode;
}

const fileNames: Record<ImportKind, string> = { cdr: 'Master.csv', queue_log: 'queue_log' };
const databaseLabels: Record<Exclude<ImportType, 'csv'>, string> = { mysql: 'MariaDB / MySQL', postgres: 'PostgreSQL' };

/** Where one PBX keeps its calls, or what its queues did. */
export function ImportEditor({ place, saved, onChange, onRemove, secrets, readOnly, children }: Props) {
  const number = place + 1;
  const kind = saved.kind ?? 'cdr';
  const type = saved.type ?? 'mysql';
  const kindLabels: Record<ImportKind, string> = {
    cdr: t('config-editor.import.kind-cdr', 'Call detail records'),
    queue_log: t('config-editor.import.kind-queue-log', 'Queue log (queue_log)'),
  };
  return (
    <Entry
      title={t('config-editor.import.named', 'Import {{- number}}', { number })}
      actions={
        <RemoveButton
          disabled={readOnly}
          label={t('config-editor.import.remove', 'Remove import {{- number}}', { number })}
          onClick={onRemove}
        />
      }
    >
      <fieldset disabled={readOnly}>
        <FieldGrid>
          <Field
            label={t('config-editor.import.kind', 'Import')}
            description={t(
              'config-editor.import.kind-description',
              'Call detail records contain all calls. The queue log adds visits, unanswered rings, log-ins, and pauses of queues.'
            )}
          >
            <Picker
              id={`config-import-kind-${place}`}
              options={importKinds.map((value) => ({ value, label: kindLabels[value] }))}
              value={kind}
              onChange={({ value }) => onChange({ kind: value, table: '', path: '' })}
            />
          </Field>
          <Field label={t('config-editor.import.type', 'Source')}>
            <Picker
              id={`config-import-type-${place}`}
              options={importTypes.map((value) => ({
                value,
                label: value === 'csv' ? t('config-editor.import.file', 'File') : databaseLabels[value],
              }))}
              value={type}
              onChange={({ value }) => onChange({ type: value })}
            />
          </Field>
          <Field
            label={t('config-editor.import.server', 'PBX')}
            description={t(
              'config-editor.import.server-description',
              'The PBX name, or server_name in the configuration of amiws.'
            )}
          >
            <Input
              id={`config-import-server-${place}`}
              value={saved.server ?? ''}
              placeholder="pbx-east"
              onChange={(event) => onChange({ server: event.currentTarget.value })}
            />
          </Field>
          <Field
            label={t('config-editor.import.time-zone', 'Time zone of timestamps')}
            description={t(
              'config-editor.import.time-zone-description',
              "Change this only for timestamps that aren't in the time zone of the PBX, such as UTC with usegmtime=yes or queue_log_realtime_use_gmt=yes."
            )}
          >
            <ZonePicker
              id={`config-import-zone-${place}`}
              value={saved.timeZone ?? ''}
              emptyLabel={t('config-editor.import.time-zone-own', 'Time zone of the PBX')}
              onChange={(timeZone) => onChange({ timeZone })}
            />
          </Field>
        </FieldGrid>
        {type === 'csv' ? (
          <Field
            label={t('config-editor.import.path', 'File')}
            description={t(
              'config-editor.import.path-description',
              'In the folder that csv_folder of [plugin.amiws-cdr-datasource] in grafana.ini allows.'
            )}
          >
            <Input
              id={`config-import-path-${place}`}
              value={saved.path ?? ''}
              placeholder={fileNames[kind]}
              onChange={(event) => onChange({ path: event.currentTarget.value })}
            />
          </Field>
        ) : (
          <ImportDatabase place={place} saved={saved} onChange={onChange} secrets={secrets} />
        )}
        {!(kind === 'queue_log' && type === 'csv') && (
          <ImportColumns place={place} columns={saved.columns ?? {}} onChange={(columns) => onChange({ columns })} />
        )}
      </fieldset>
      {children}
    </Entry>
  );
}
