import { t } from '@grafana/i18n';
import { Button, Field, Input, Stack } from '@grafana/ui';
import { useState } from 'react';
import { Entry } from './Entry';
import { FieldGrid } from './FieldGrid';
import { RemoveButton } from './RemoveButton';
import { ZonePicker } from './ZonePicker';

interface Props {
  /** PBX (amiws `server_name`) to IANA zone. */
  zones: Readonly<Record<string, string>>;
  onChange: (zones: Record<string, string>) => void;
}

/** Zones of single PBXes, for those in several zones. */
export function ServerZones({ zones, onChange }: Props) {
  const [server, setServer] = useState('');
  const [zone, setZone] = useState('');
  const name = server.trim();

  function remove(removed: string): void {
    onChange(Object.fromEntries(Object.entries(zones).filter(([other]) => other !== removed)));
  }

  function add(): void {
    onChange({ ...zones, [name]: zone });
    setServer('');
    setZone('');
  }

  return (
    <Stack direction="column" gap={2}>
      {Object.entries(zones).map(([saved, savedZone], place) => (
        <Entry
          key={saved}
          title={saved}
          actions={
            <RemoveButton
              label={t('config-editor.server-zones.remove', 'Remove time zone of {{- server}}', { server: saved })}
              onClick={() => remove(saved)}
            />
          }
        >
          <Field label={t('config-editor.server-zones.zone-of', 'Time zone of {{- server}}', { server: saved })}>
            <ZonePicker
              id={`config-server-zone-${place}`}
              value={savedZone}
              onChange={(changed) => onChange({ ...zones, [saved]: changed })}
            />
          </Field>
        </Entry>
      ))}
      <Entry title={t('config-editor.server-zones.another', 'PBX in another time zone')}>
        <FieldGrid>
          <Field label={t('config-editor.server-zones.server', 'PBX name')}>
            <Input
              id="config-server-name"
              value={server}
              placeholder="pbx-east"
              onChange={(event) => setServer(event.currentTarget.value)}
            />
          </Field>
          <Field label={t('config-editor.server-zones.zone', 'Time zone')}>
            <ZonePicker
              id="config-server-zone"
              value={zone}
              placeholder={t('config-editor.server-zones.choose', 'Choose a time zone')}
              onChange={setZone}
            />
          </Field>
        </FieldGrid>
        <Button variant="secondary" icon="plus" disabled={name === '' || zone === ''} onClick={add}>
          {t('config-editor.server-zones.add', 'Add time zone')}
        </Button>
      </Entry>
    </Stack>
  );
}
